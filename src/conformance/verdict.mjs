/** Judges losses per fold against scikit-learn's and writes the tables: one per learner with every figure, and the verdict on all. */

/**
 * How far behind counts as behind, by a job's rule. Deterministic learners: a mean gain under -2 %. Seeded ones: under -1 standard error over the
 * folds. Trees and boosting have no seed of their own, but among equal splits scikit-learn draws, or its sums' last bits do: behind by both.
 */
const BARS = {
  deterministic: { words: '-2 %', passes: (gain) => gain >= -0.02 },
  seeded: { words: '-1 SE', passes: (gain, error) => gain >= -error },
  ties: { words: '-2 % or -1 SE', passes: (gain, error) => gain >= -0.02 || gain >= -error },
};

const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const percent = (share) => (share * 100).toFixed(Math.abs(share) >= 0.0995 ? 0 : 2);
const signed = (share) => `${share >= 0 ? '+' : ''}${percent(share)}`;

/** Mean and standard error over folds of (its loss - ours) / its loss. */
function gainOf(theirs, ours) {
  const gains = theirs.map((value, f) => (value === 0 && ours[f] === 0 ? 0 : (value - ours[f]) / value));
  const center = mean(gains);
  const spread = Math.sqrt(gains.reduce((sum, g) => sum + (g - center) ** 2, 0) / (gains.length - 1));
  return { gain: center, error: spread / Math.sqrt(gains.length) };
}

/** One line per loss of one learner on one set; none where a side has no such learner. */
export function compareLosses({ set, job, ours, theirs, onnx }) {
  if (!ours || !theirs) return [];
  const metrics = Object.keys(ours).filter((name) => name !== 'seconds');
  return metrics.map((metric) => {
    const { gain, error } = gainOf(theirs[metric], ours[metric]);
    return {
      set,
      learner: job.name,
      rule: job.rule,
      metric,
      ours: mean(ours[metric]),
      theirs: mean(theirs[metric]),
      gain,
      error,
      passed: BARS[job.rule].passes(gain, error),
      oursSeconds: mean(ours.seconds),
      theirsSeconds: mean(theirs.seconds),
      onnx,
      exact: !onnx || (onnx.delta <= 1 && onnx.labels === 1),
    };
  });
}

/** The figures of one learner. */
export function detailsOf(job, lines) {
  const head = `${job.name}: ${JSON.stringify(job.params)} against ${job.peer} ${JSON.stringify(job.peerParams)}`;
  const columns = 'set             loss       ours      theirs    gain %    ±SE    ours s  theirs s  onnx |Δ|   labels';
  const rows = lines.map((line) =>
    [
      line.set.padEnd(14),
      line.metric.padEnd(8),
      line.ours.toPrecision(5).padStart(9),
      line.theirs.toPrecision(5).padStart(9),
      (line.gain * 100).toFixed(2).padStart(8),
      (line.error * 100).toFixed(2).padStart(6),
      line.oursSeconds.toFixed(3).padStart(8),
      line.theirsSeconds.toFixed(3).padStart(8),
      (line.onnx ? line.onnx.absolute.toExponential(1) : '–').padStart(9),
      (line.onnx ? String(line.onnx.labels) : '–').padStart(7),
    ].join('  '),
  );
  return [head, columns, ...rows].join('\n');
}

/** Learner × set: of several losses the one nearest to its bar or below it; then what is behind, and the count. */
export function verdictOf(lines, sets) {
  const shown = sets.filter((set) => lines.some((line) => line.set === set));
  const width = Math.max(14, ...shown.map((set) => set.length + 1));
  const learners = [...new Set(lines.map((line) => line.learner))];
  const cellOf = (learner, set) => {
    const own = lines.filter((line) => line.learner === learner && line.set === set);
    if (own.length === 0) return '';
    const worse = (a, b) => (a.passed === b.passed ? b.gain < a.gain : a.passed);
    const worst = own.reduce((a, b) => (worse(a, b) ? b : a));
    return `${signed(worst.gain)} ±${percent(worst.error)}${worst.passed ? ' ' : '✗'}`;
  };
  const grid = learners.map((learner) => {
    const own = lines.filter((line) => line.learner === learner);
    const cells = shown.map((set) => cellOf(learner, set).padStart(width));
    return `${learner.padEnd(17)}${BARS[own[0].rule].words.padEnd(14)}${cells.join('')}  ${own.every((line) => line.passed) ? 'pass' : 'FAIL'}`;
  });
  const behind = lines.filter((line) => !line.passed);
  const differing = lines.filter((line) => !line.exact);
  const text = [
    'VERDICT: mean over folds of (scikit-learn’s loss - ours) / its loss, in % ± one standard error; + is better. Of several losses the worst.',
    `${'learner'.padEnd(17)}${'bar'.padEnd(14)}${shown.map((set) => `${set} `.padStart(width)).join('')}`,
    ...grid,
    ...behind.map((line) => `BEHIND  ${line.learner} on ${line.set}, ${line.metric}: ${signed(line.gain)} ± ${percent(line.error)} %`),
    ...differing.map(
      ({ learner, set, onnx }) => `ONNX DIFFERS  ${learner} on ${set}: ${onnx.delta.toPrecision(3)} tolerances, labels ${onnx.labels}`,
    ),
    `${lines.length} comparisons: ${lines.length - behind.length} pass, ${behind.length} behind; in ${differing.length} the ONNX answer differs.`,
  ].join('\n');
  return { text, failed: behind.length + differing.length };
}
