/** A metric's name in the current language, with what it means as its tooltip; names we do not know are shown as they are. */
import { lookUp, useText } from '../i18n/text.ts';

/** For places that take text only. */
export function useMetricName(): (name: string) => string {
  useText();
  return (name) => lookUp('metrics', name, 'name') ?? name.replaceAll('_', ' ');
}

export function MetricName({ name }: { name: string }) {
  const nameOf = useMetricName();
  return <span title={lookUp('metrics', name, 'meaning')}>{nameOf(name)}</span>;
}
