/** A table like a ship's passenger list, made from a fixed recipe: numbers with gaps, categories, names, and a target of 0 and 1. */

/** Lehmer's generator with Park and Miller's numbers: the same rows everywhere. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

export interface Passenger {
  pclass: number;
  sex: string;
  age: number | undefined;
  fare: number;
  embarked: string | undefined;
  siblings: number;
  survived: number;
}

export function passengers(rows: number): Passenger[] {
  const draw = draws(20251);
  return Array.from({ length: rows }, () => {
    const pclass = draw() < 0.25 ? 1 : draw() < 0.35 ? 2 : 3;
    const sex = draw() < 0.36 ? 'female' : 'male';
    const age = Math.round((1 + draw() * 69) * 2) / 2;
    const siblings = draw() < 0.68 ? 0 : Math.floor(draw() * 5);
    const fare = Math.round((5 + (4 - pclass) ** 2 * draw() * 12) * 100) / 100;
    const port = draw();
    const chance = 0.12 + (sex === 'female' ? 0.5 : 0) + (3 - pclass) * 0.11 + (age < 14 ? 0.2 : 0);
    return {
      pclass,
      sex,
      age: draw() < 0.2 ? undefined : age,
      fare,
      embarked: draw() < 0.02 ? undefined : port < 0.7 ? 'Southampton' : port < 0.9 ? 'Cherbourg' : 'Queenstown',
      siblings,
      survived: draw() < chance ? 1 : 0,
    };
  });
}

const COLUMNS: readonly (keyof Passenger)[] = ['pclass', 'sex', 'age', 'fare', 'embarked', 'siblings', 'survived'];

export const passengersCsv = (list: readonly Passenger[]): string =>
  `${[COLUMNS, ...list.map((one) => COLUMNS.map((column) => one[column] ?? ''))].map((cells) => cells.join(',')).join('\n')}\n`;
