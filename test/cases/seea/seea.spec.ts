/** Published extent and asset accounts: every printed figure within half a unit of its last digit, or with a note that says why not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import {
  computeAssetAccount,
  computeExtent,
  InputNode,
  mapClasses,
  mergeExtents,
  plain,
  readAssetValue,
  readExtent,
} from '@gep/accounting';
import { type Bilingual, Fraction } from '@gep/kernel';
import { loadCrosswalk } from '@gep/rulebook';

const rulebook = join(__dirname, '../../../rulebook');

/** A printed figure: where it stands in the account, by what it is multiplied before it is compared, and how it was printed. */
interface PrintedFigure {
  readonly at: string;
  readonly times?: string;
  readonly printed: string;
  /** Why it is not what was printed; a figure with a note must differ, one without must not. */
  readonly note?: Bilingual;
}
interface Case {
  readonly document: string;
  readonly kind: 'extent' | 'asset';
  readonly figures: readonly PrintedFigure[];
}

const open = (name: string): InputNode => InputNode.read(readFileSync(join(__dirname, name), 'utf8'), name);

function accountOf({ document, kind }: Case): unknown {
  if (kind === 'asset') return plain(computeAssetAccount(readAssetValue(open(document))));
  const { parts } = readExtent(open(document));
  const byName = Object.fromEntries(parts.map((part) => [part.part, plain(computeExtent(part))]));
  return { ...byName, whole: plain(computeExtent(mergeExtents('whole', parts))) };
}

const figureAt = (account: unknown, path: string): Fraction => {
  const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], account);
  const figure = typeof found === 'string' ? Fraction.parse(found) : undefined;
  if (!figure) throw new Error(`no figure at ${path}: ${String(found)}`);
  return figure;
};

/** Half a unit of the last printed digit. */
const allowance = (printed: string): Fraction =>
  Fraction.of(1n, 2n * 10n ** BigInt(printed.split('.')[1]?.length ?? 0));

const files = readdirSync(__dirname).filter((file) => file.endsWith('.case.yaml'));

describe.each(files)('%s', (file) => {
  const given = parse(readFileSync(join(__dirname, file), 'utf8'), { schema: 'failsafe' }) as Case;
  const account = accountOf(given);

  it.each(given.figures.map((figure) => [figure.at, figure.printed, figure] as const))(
    '%s is %s',
    (_at, _printed, figure) => {
      const computed = figureAt(account, figure.at).times(Fraction.parse(figure.times ?? '1')!);
      const away = computed.minus(Fraction.parse(figure.printed)!);
      const within =
        Fraction.of(away.numerator < 0n ? -away.numerator : away.numerator, away.denominator).compare(
          allowance(figure.printed),
        ) <= 0;
      const verdict = (fits: boolean): string => `${figure.at}: ${fits ? 'as printed' : computed.toDecimalText(9)}`;
      expect(verdict(within)).toBe(figure.note ? verdict(false) : verdict(true));
    },
  );
});

describe('tarim-extent-1990-2015', () => {
  const { parts } = readExtent(open('tarim-extent-1990-2015.extent.yaml'));

  it('balances in every reach, and in their sum, whatever the printed totals say', () => {
    for (const part of [...parts, mergeExtents('whole', parts)]) {
      const { rows, total, matrix } = computeExtent(part);
      for (const [code, row] of rows) {
        const cells = [...matrix!.get(code)!.values()].reduce((sum, cell) => sum.plus(cell), Fraction.zero);
        expect(cells.equals(row.opening)).toBe(true);
        const closing = row.opening.plus(row.additions!.sum).minus(row.reductions!.sum);
        expect(closing.equals(row.closing)).toBe(true);
        expect(row.net.equals(row.closing.minus(row.opening))).toBe(true);
      }
      expect(total.additions!.sum.equals(total.reductions!.sum)).toBe(true);
      expect(total.net.equals(Fraction.zero)).toBe(true);
    }
  });

  it('lists what rounding keeps apart, and never more than the printed digits allow', () => {
    const [upper, middle, lower] = parts.map((part) => computeExtent(part).differences.length);
    expect([upper, middle, lower]).toEqual([4, 7, 8]);
  });

  it('reads as HJ 1166 classes, water and wetland together, with the same area', async () => {
    const crosswalk = await loadCrosswalk('land-use-7-hj1166', rulebook);
    for (const part of parts) {
      const [own, mapped] = [computeExtent(part), computeExtent(mapClasses(part, crosswalk, new Map()))];
      expect(mapped.total.closing.equals(own.total.closing)).toBe(true);
      const wet = (side: 'opening' | 'closing') => own.rows.get('water')![side].plus(own.rows.get('wetland')![side]);
      expect(mapped.rows.get('4')!.opening.equals(wet('opening'))).toBe(true);
      expect(mapped.rows.get('4')!.closing.equals(wet('closing'))).toBe(true);
    }
  });
});
