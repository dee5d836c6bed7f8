/** A time of day without a date, as text: `13:05:00`, with as many decimals as it has, at most six. */
const two = (value: number) => String(value).padStart(2, '0');

export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const rest = (seconds - whole).toFixed(6).slice(2).replace(/0+$/, '');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${rest === '' ? '' : `.${rest}`}`;
}
