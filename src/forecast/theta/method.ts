/** Theta: the season is removed where it is significant, then the theta model with the least AIC goes on. */
import { log } from '../../base/float.ts';
import type { ForecastMethod } from '../method.ts';
import { addSeason, deseasonalise, seasonWords } from '../season.ts';
import {
  ahead,
  type FittedTheta,
  fitVariant,
  isDynamic,
  isOptimised,
  spreadAhead,
  type ThetaState,
  VARIANTS,
  type Variant,
} from './lines.ts';
import { lower } from './lower.ts';

/** Keeps the logarithm finite where a model explains a series wholly. */
const FLOOR = 1e-24;
/** First level and α; the weight of the line where it is learned; and the line where it is that of the whole history, seen in hindsight. */
const parameters = (variant: Variant): number => 2 + (isOptimised(variant) ? 1 : 0) + (isDynamic(variant) ? 0 : 2);

const thetaOf = (id: string, variants: readonly Variant[]): ForecastMethod<FittedTheta> => ({
  id,
  least: () => 5,
  fit: (y, { periods }) => {
    const period = periods.reduce((best, each) => (each * 2 <= y.length ? each : best), 1);
    const { rest, season } = deseasonalise(y, period);
    const states = variants.map((variant) => fitVariant(rest, variant));
    const n = y.length;
    const criterion = ({ variant, errors }: ThetaState) => n * log(errors / n + FLOOR) + 2 * parameters(variant);
    return { season, state: states.reduce((best, each) => (criterion(each) < criterion(best) ? each : best)) };
  },
  forecast: ({ season, state }, horizon) => {
    const mean = ahead(state, horizon);
    const deviation = spreadAhead(state, horizon);
    addSeason(season, mean, deviation);
    return { mean, deviation };
  },
  form: ({ season, state }) => `${state.variant}${seasonWords(season)}`,
  lower,
});

/** The best of the four variants. */
export const theta = thetaOf('theta', VARIANTS);
/** The standard theta method of Assimakopoulos & Nikolopoulos (2000): θ = 2 and one line. */
export const standardTheta = thetaOf('standard-theta', ['STM']);
/** The dynamic optimised theta model. */
export const dynamicTheta = thetaOf('dynamic-theta', ['DOTM']);
