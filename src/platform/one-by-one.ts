import { log } from './log.js';

/**
 * Does a round of background work on one thing after the other. One that fails, whatever the reason, keeps no other waiting:
 * it is told in the log and tried again in the next round.
 */
export async function oneByOne<Thing extends { id: string }>(
  things: readonly Thing[],
  { stopping, cannot }: { stopping: () => boolean; cannot: string },
  work: (thing: Thing) => Promise<unknown>,
): Promise<void> {
  for (const thing of things) {
    if (stopping()) return;
    try {
      await work(thing);
    } catch (failed) {
      log.warn({ id: thing.id, error: failed instanceof Error ? failed.name : 'unknown' }, cannot);
    }
  }
}
