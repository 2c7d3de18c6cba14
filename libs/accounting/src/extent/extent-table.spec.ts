/** Change matrices and lists of transitions from spreadsheets lead to the same account as the document. */
import { InputNode } from '../input/input-node';
import { computeExtent } from './extent-account';
import { extentOfSheet } from './extent-table';
import { readExtent } from './read-extent';

const sheet = (text: string): string[][] => text.split('\n').map((line) => line.split(';'));
const accountOf = (text: string) => {
  const document = JSON.stringify(extentOfSheet('t.csv', sheet(text)));
  return computeExtent(readExtent(InputNode.read(document, 't.csv')).parts[0]);
};
const rowsOf = (text: string): string[] =>
  [...accountOf(text).rows].map(([code, { opening, additions, reductions, closing }]) =>
    [code, opening, additions!.sum, reductions!.sum, closing]
      .map((one) => (typeof one === 'string' ? one : one.toDecimalText(12)))
      .join(' '),
  );

const matrix = '2015/2020 [km2];草地;林地;合计\n草地;1,100;20.5;1120.5\n林地;5;300;305\n合计;1105;320.5;1425.5';
const wanted = ['草地 1120.5 5 20.5 1105', '林地 305 20.5 5 320.5'];

it('reads a matrix with its totals, and a list', () => {
  expect(rowsOf(matrix)).toEqual(wanted);
  const head = '期初;期末;转出;转入;面积（km2）;原因';
  const pairs = ['草地;草地;1100;', '草地;林地;20.5;managed', '林地;草地;5;', '林地;林地;300;'];
  const list = [head, ...pairs.map((pair) => `2015;2020;${pair}`)].join('\n');
  expect(rowsOf(list)).toEqual(wanted);
  expect(accountOf(list).rows.get('林地')!.additions!.managed.toDecimalText(12)).toBe('20.5');
  expect(accountOf(`${list}\n2015;2020;外部;林地;7;boundary`).total.closing.toDecimalText(12)).toBe('1432.5');
});

it.each([
  ['a total that is not that of its column', matrix.replace('合计;1105', '合计;1150'), 'accounting.extent-imbalance'],
  ['rows in another order', matrix.replace('\n林地;5', '\n耕地;5'), 'accounting.input-unreadable'],
  ['no unit', matrix.replace(' [km2]', ' [ ]').replace('[ ]', '('), 'accounting.input-unreadable'],
  ['neither of both', 'a;b\n1;2', 'accounting.input-unreadable'],
  ['a cell that is no number', matrix.replace('20.5', 'abc'), 'accounting.input-unreadable'],
])('refuses %s', (_, text, code) => {
  expect(() => accountOf(text)).toThrow(expect.objectContaining({ code }) as Error);
});
