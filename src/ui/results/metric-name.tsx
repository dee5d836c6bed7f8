/** A metric's name in the current language, with what it means as its tooltip; names we do not know are shown as they are. */
import { METRICS } from '../../metrics/metric-info.ts';
import { lookUp, useText } from '../i18n/text.ts';

/** `some_metric` → Some metric. */
const readable = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`;

/** For places that take text only. */
export function useMetricName(): (name: string) => string {
  useText();
  return (name) => lookUp('metrics', name, 'name') ?? METRICS[name]?.title ?? readable(name);
}

export function MetricName({ name }: { name: string }) {
  const nameOf = useMetricName();
  return <span title={lookUp('metrics', name, 'meaning') ?? METRICS[name]?.help}>{nameOf(name)}</span>;
}
