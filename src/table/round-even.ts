/** Rounds halves to the even neighbour, as IEEE 754, numpy and ONNX do. */
export function roundEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  // Beyond 2^52 every double is whole; infinities and NaN stay what they are.
  if (rest === 0 || !Number.isFinite(x)) return x;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
