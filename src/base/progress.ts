/** A progress report: `fraction` 0 to 1 where known; `point` extends the live curve on the node. */
export interface Progress {
  fraction?: number;
  text?: string;
  point?: { x: number; series: Record<string, number> };
}
