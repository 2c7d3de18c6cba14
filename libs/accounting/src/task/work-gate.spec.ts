/** Who may work beside whom. */
import { WorkGate } from './work-gate.service';

/** A work that lasts until it is told to end. */
function workIn(gate: WorkGate, log: string[], name: string, alone = false) {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const over = gate.pass(alone, async () => {
    log.push(`${name} in`);
    await ended;
    log.push(`${name} out`);
  });
  return {
    over,
    async end() {
      end();
      await over;
    },
  };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('lets works be side by side, one alone after them, and the others after that', async () => {
  const [gate, log] = [new WorkGate(), [] as string[]];
  const [a, b] = [workIn(gate, log, 'a'), workIn(gate, log, 'b')];
  const alone = workIn(gate, log, 'alone', true);
  const late = workIn(gate, log, 'late');
  await settle();
  expect(log).toEqual(['a in', 'b in']);
  await a.end();
  expect(log).toEqual(['a in', 'b in', 'a out']);
  await b.end();
  await settle();
  expect(log.slice(3)).toEqual(['b out', 'alone in']);
  await alone.end();
  await settle();
  expect(log.slice(5)).toEqual(['alone out', 'late in']);
  await late.end();
});

it('lets the next one in after a failure', async () => {
  const gate = new WorkGate();
  await expect(gate.pass(true, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.pass(true, () => Promise.resolve('next'))).toBe('next');
});

it('does works of one key in turn, also after a failure, and those of others meanwhile', async () => {
  const [gate, log] = [new WorkGate(), [] as string[]];
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const first = gate.inTurn('one', async () => {
    await held;
    log.push('first');
    throw new Error('broken');
  });
  const second = gate.inTurn('one', () => Promise.resolve(log.push('second')));
  await gate.inTurn('other', () => Promise.resolve(log.push('other')));
  release();
  await expect(first).rejects.toThrow('broken');
  await second;
  expect(log).toEqual(['other', 'first', 'second']);
});
