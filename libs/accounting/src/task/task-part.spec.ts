/** A task that loses its workers is cut down to the territory at fault, whatever its size and place, and to nothing else. */
import fc from 'fast-check';
import { isSuspect, lossesOfTask, lossesOfTerritory, nextPart, type TaskProgress } from './task-part';

const seed = Number(process.env.GEP_TEST_SEED ?? Date.now());
const fresh = (total: number): TaskProgress => ({ total, finished: 0, partSize: null, begun: 0 });

/** Works a task off whose poisoned territories kill the worker each time; gives what was done, given up, and how many died. */
function workOff(total: number, poisoned: ReadonlySet<number>) {
  let progress = fresh(total);
  const done: number[] = [];
  const givenUp: number[] = [];
  let deaths = 0;
  while (progress.finished < total) {
    const next = nextPart(progress);
    if ('lost' in next) {
      givenUp.push(next.from);
      progress = { ...progress, finished: next.from + 1, begun: 0 };
      continue;
    }
    const part = Array.from({ length: next.size }, (_, at) => next.from + at);
    if (part.some((at) => poisoned.has(at))) {
      deaths++;
      if (deaths > 1000) throw new Error('tried for ever');
      progress = { ...progress, partSize: next.partSize, begun: next.attempt };
    } else {
      done.push(...part);
      progress = { ...progress, finished: next.from + next.size, partSize: next.partSize, begun: 0 };
    }
  }
  return { done, givenUp, deaths };
}

it('is done at once as long as no worker is lost', () => {
  expect(nextPart(fresh(64))).toEqual({ from: 0, size: 64, partSize: null, attempt: 1 });
  expect(isSuspect(fresh(64))).toBe(false);
});

it('is tried alone after the first loss, and halved after some', () => {
  const lost = { ...fresh(64), begun: lossesOfTask - 1 };
  expect(isSuspect(lost)).toBe(true);
  expect(nextPart(lost)).toMatchObject({ size: 64, attempt: lossesOfTask });
  expect(nextPart({ ...lost, begun: lossesOfTask })).toEqual({ from: 0, size: 32, partSize: 32, attempt: 1 });
  expect(nextPart({ ...lost, partSize: 32, begun: 1 })).toMatchObject({ size: 16, attempt: 1 });
});

it('gives a single territory up after its last attempt, and not before', () => {
  const single = { ...fresh(9), finished: 8, begun: lossesOfTerritory };
  expect(nextPart(single)).toEqual({ from: 8, lost: lossesOfTerritory });
  expect(nextPart({ ...single, begun: lossesOfTerritory - 1 })).toMatchObject({ from: 8, size: 1 });
});

it('costs few workers: 13 for one county in a batch of 64', () => {
  for (const place of [0, 31, 63]) expect(workOff(64, new Set([place])).deaths).toBeLessThanOrEqual(13);
});

it(`gives up the poisoned territories and no other (seed ${seed})`, () => {
  const tasks = fc.integer({ min: 1, max: 64 }).chain((total) =>
    fc.record({
      total: fc.constant(total),
      poisoned: fc.uniqueArray(fc.nat(total - 1), { maxLength: 4 }),
    }),
  );
  fc.assert(
    fc.property(tasks, ({ total, poisoned }) => {
      const { done, givenUp } = workOff(total, new Set(poisoned));
      expect(givenUp).toEqual([...poisoned].sort((a, b) => a - b));
      expect([...done, ...givenUp].sort((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, at) => at));
    }),
    { seed, verbose: 1 },
  );
});
