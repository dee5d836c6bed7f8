/** What a model card says of weighted sums: features left out, and weights that had not settled. */
import { type Phrase, phrase } from '../../base/words.ts';

/** `alpha` where the penalty was chosen. */
export function keptNote(kept: number, all: number, alpha?: number): Phrase {
  return alpha === undefined
    ? phrase('note.kept', '{kept} of {all} features have a weight; the penalty left out the others.', { kept, all })
    : phrase(
        'note.kept-chosen',
        '{kept} of {all} features have a weight; the penalty that was chosen, alpha {alpha}, left out the others.',
        {
          kept,
          all,
          alpha: String(Number(alpha.toPrecision(3))),
        },
      );
}

/** Nothing where the weights have settled. */
export const settledNotes = ({ converged, iterations }: { converged: boolean; iterations: number }): Phrase[] =>
  converged
    ? []
    : [phrase('note.not-settled', 'The weights had not settled when learning ended after {iterations} iterations.', { iterations })];
