/** Several asynchronous tasks at once, but never more than so many. */

/** Answers in the order of `items`. After the first failure nothing more is begun, and that failure is thrown. */
export async function mapAtOnce<T, R>(items: readonly T[], width: number, work: (item: T, place: number) => Promise<R>): Promise<R[]> {
  const answers = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < items.length && !failed) {
      const place = next++;
      try {
        answers[place] = await work(items[place], place);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(Math.max(1, width), items.length) }, lane));
  return answers;
}
