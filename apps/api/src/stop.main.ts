/** Ends the process in order when a signal comes, or when the parent that started it is gone. */

/** After this the process ends whatever is still open, so that a restart never waits. */
const deadlineMilliseconds = 1_900;

/** Calls `close` once on SIGTERM, SIGINT or the loss of the IPC parent, then exits. */
export function onStop(close: () => Promise<void>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), deadlineMilliseconds).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Without IPC there is no parent to lose, and the event never comes.
  process.once('disconnect', stop);
}
