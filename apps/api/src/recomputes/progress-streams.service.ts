/** Streams the state of a run to a client until the run is over, the client leaves, or the service stops. */
import { setTimeout as wait } from 'node:timers/promises';
import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { TooManyStreams } from './errors';
import { eventText, stillHere } from './progress-event';

/** What a stream shows: a body, and whether it is the last one. */
export interface Progress {
  readonly body: unknown;
  readonly over: boolean;
}

const pollMilliseconds = 500;
const quietMilliseconds = 15_000;
const streamsPerUser = 8;

@Injectable()
export class ProgressStreams implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  private readonly openByUser = new Map<string, number>();

  /**
   * Answers with an event stream. `read` is asked again and again and looks in the database each time, so that a
   * right that was withdrawn ends the stream; what it throws before the first event is answered as a problem.
   * @throws TooManyStreams when the user holds too many streams open
   */
  async stream(user: string, response: Response, read: () => Promise<Progress>): Promise<void> {
    const open = this.openByUser.get(user) ?? 0;
    if (open >= streamsPerUser) throw new TooManyStreams(streamsPerUser);
    this.openByUser.set(user, open + 1);
    try {
      const first = await read();
      response.status(200).set({
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      response.flushHeaders();
      await this.follow(response, first, read);
    } finally {
      this.release(user);
    }
  }

  /** Ends every open stream, so that a stop does not wait for them. */
  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  private async follow(response: Response, first: Progress, read: () => Promise<Progress>): Promise<void> {
    const left = new AbortController();
    response.once('close', () => left.abort());
    // Who left during the first look will not close again.
    if (response.closed) left.abort();
    const ended = AbortSignal.any([left.signal, this.stopping.signal]);
    let [progress, shown, quiet, id] = [first, '', 0, 0];
    while (!ended.aborted) {
      const text = JSON.stringify(progress.body);
      if (text !== shown) {
        response.write(eventText({ id: (id += 1), name: progress.over ? 'over' : 'progress', body: progress.body }));
        [shown, quiet] = [text, 0];
      } else if (quiet >= quietMilliseconds) {
        response.write(stillHere);
        quiet = 0;
      }
      if (progress.over) break;
      await wait(pollMilliseconds, undefined, { signal: ended }).catch(() => undefined);
      quiet += pollMilliseconds;
      if (ended.aborted) break;
      // The session has ended or the right was withdrawn: a client that may still look connects again.
      const next = await read().catch(() => undefined);
      if (next === undefined) break;
      progress = next;
    }
    response.end();
  }

  private release(user: string): void {
    const open = (this.openByUser.get(user) ?? 1) - 1;
    if (open === 0) this.openByUser.delete(user);
    else this.openByUser.set(user, open);
  }
}
