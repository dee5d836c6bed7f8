/** How rows are dealt to sides or folds, in a word for the node's second line. */
import { type Phrase, phrase } from '../base/words.ts';

const WORDS: Readonly<Record<string, Phrase>> = {
  stratified: phrase('brief.stratified', 'stratified'),
  random: phrase('brief.random', 'random'),
  grouped: phrase('brief.grouped', 'grouped'),
  time: phrase('brief.in-time', 'in time'),
  head: phrase('brief.in-order', 'in order'),
};
export const dealtHow = (method: string): Phrase | string => WORDS[method] ?? method;
