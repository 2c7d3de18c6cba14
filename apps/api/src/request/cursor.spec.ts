import { readCursor, writeCursor } from './cursor';
import { RequestRefused } from '../problem/errors';

describe('cursor', () => {
  it('comes back as written', () => {
    const key = ['520523', '2024', 'ü地'];
    expect(readCursor(writeCursor(key), 3)).toEqual(key);
    expect(readCursor(undefined, 3)).toBeUndefined();
  });

  it.each(['', 'x', 'bnVsbA', writeCursor(['one']), Buffer.from('[1,2]').toString('base64url')])(
    'refuses %p',
    (text) => {
      expect(() => readCursor(text, 2)).toThrow(RequestRefused);
    },
  );
});
