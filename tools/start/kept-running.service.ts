/** Starts a program again that ended unasked, a little later each time; one that keeps ending at once is given up. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './program.service';

/** Who lives shorter than this has gained nothing by being started again. */
const shortLifeMs = 5_000;
/** Started again so often in a row for nothing, it is given up. */
const mostShortLives = 3;
/** However long it lives each time: it is not started again more often than this in so long. */
const mostInAll = 20;
const inAllMs = 10 * 60_000;

export interface Keeping {
  readonly launch: () => Program;
  /** True once the end was asked for: nothing is started any more. */
  readonly isEnding: () => boolean;
  /** Told of each end, with the pause before the next start in milliseconds. */
  readonly again: (program: Program, how: string, pauseMs: number) => void;
  readonly backAgain: () => void;
  readonly giveUp: (program: Program, how: string) => void;
  /** The first pause; it doubles while lives are short. */
  readonly pauseMs?: number;
}

/** Keeps a program running that was ready once. Resolves when it was given up or the end was asked for. */
export async function keepRunning(first: Program, keeping: Keeping): Promise<void> {
  const { launch, isEnding, again, backAgain, giveUp, pauseMs = 500 } = keeping;
  const restarts: number[] = [];
  let shortLives = 0;
  for (let program = first; ;) {
    const how = await program.ended;
    if (isEnding()) return;
    const now = performance.now();
    const begun = restarts.at(-1);
    shortLives = begun !== undefined && now - begun < shortLifeMs ? shortLives + 1 : 0;
    const lately = restarts.filter((at) => now - at < inAllMs).length;
    if (shortLives >= mostShortLives || lately >= mostInAll) return giveUp(program, how);
    const pause = pauseMs * 2 ** shortLives;
    again(program, how, pause);
    await sleep(pause);
    if (isEnding()) return;
    program = launch();
    const isReady = await program.ready.then(
      () => true,
      () => false,
    );
    // Counted from here: what it takes to load says nothing about how long it works.
    restarts.push(performance.now());
    if (isReady && !isEnding()) backAgain();
  }
}
