/** The design tokens that a canvas needs, resolved once per theme, because a canvas cannot read CSS variables. */
import { useMemo } from 'react';
import { useTheme } from '../theme/theme-store.ts';

export interface ChartTokens {
  text: string;
  text2: string;
  text3: string;
  panel: string;
  border: string;
  axis: string;
  grid: string;
  muted: string;
  /** First series teal; wrong or negative is the third. */
  series: readonly string[];
  font: string;
  /** Milliseconds; 0 for reduced motion. */
  motion: number;
}

/** Reads the tokens as they are now on the root element. */
export function readTokens(root: Element): ChartTokens {
  const style = getComputedStyle(root);
  const token = (name: string) => style.getPropertyValue(`--mr-${name}`).trim();
  return {
    text: token('text'),
    text2: token('text-2'),
    text3: token('text-3'),
    panel: token('surface-panel'),
    border: token('border'),
    axis: token('chart-axis'),
    grid: token('chart-grid'),
    muted: token('chart-muted'),
    series: [1, 2, 3, 4, 5, 6].map((n) => token(`chart-${n}`)),
    font: token('font'),
    motion: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 160,
  };
}

export function useChartTokens(): ChartTokens {
  const theme = useTheme((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme's name is what changes the computed style
  return useMemo(() => readTokens(document.documentElement), [theme]);
}
