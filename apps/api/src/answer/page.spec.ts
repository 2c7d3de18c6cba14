import { readCursor } from '../request/cursor';
import { pageOf } from './page';

describe('pageOf', () => {
  const cut = (rows: string[]) =>
    pageOf(
      rows,
      2,
      (row) => [row],
      (row) => row.toUpperCase(),
    );

  it('names the place after its last row when there is more', () => {
    const page = cut(['a', 'b', 'c']);
    expect(page.items).toEqual(['A', 'B']);
    expect(readCursor(page.next!, 1)).toEqual(['b']);
  });

  it('ends without a cursor', () => {
    expect(cut(['a', 'b'])).toEqual({ items: ['A', 'B'], next: null });
    expect(cut([])).toEqual({ items: [], next: null });
  });
});
