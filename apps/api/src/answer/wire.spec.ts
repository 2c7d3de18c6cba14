import { wire } from './wire';

it('keeps every digit and the shape', () => {
  const moment = new Date('2026-03-01T00:00:00Z');
  expect(
    wire({
      fen: 12345678901234567890n,
      at: moment,
      list: [1n, null, undefined, 'x'],
      map: new Map([['a', { n: 0.1 }]]),
    }),
  ).toEqual({
    fen: '12345678901234567890',
    at: '2026-03-01T00:00:00.000Z',
    list: ['1', null, undefined, 'x'],
    map: { a: { n: 0.1 } },
  });
});
