/** Checks the statistics table: measured products and other items with quantity and price, kept as exact decimals. */
import { Unit } from '@gep/kernel';
import { readStatedUnit, readTypeOrAll } from './check-attributes';
import { CheckRun, readMeasure, RowCheck } from './check-run';
import { OpenTable } from '../table/open-table';
import { cellText, isBlank } from '../table/raw-table';
import { convertExactly } from './read-number';
import { type BoundRole, priceSpreadRoles, quantitySpread, readSpread } from './read-spread';
import { reasons } from '../table/reasons';
import type { Word } from '../table/reason-words';
import { ObservedItem } from '../table/vocabulary';
import type { StatisticRow } from '../chunk/patch-chunk';

export function checkStatistics(run: CheckRun, open: OpenTable): void {
  for (const row of open.rows) {
    run.rows += 1;
    const check = new RowCheck(run, open, row);
    const gathered = check.period();
    const type = readTypeOrAll(check);
    const item = readItem(check);
    const quantity = item && readDecimal(check, 'quantity', item.unit);
    if (check.isMerged('quantity')) check.problemAt('quantity', reasons.mergedValue('quantity'));
    if (item && quantity === null) check.problemAt('quantity', reasons.blank('quantity'));
    const price = item ? readPrice(check, item) : null;
    if (item && type !== undefined) warnUncounted(check, item, type === '*' ? (item.type ?? null) : type);
    const spreads = item ? readSpreads(check, item, { quantity: quantity ?? null, price }) : {};
    if (!gathered) continue;
    // Of a type or of none is the same where the norm says which: both would be one amount, counted twice.
    const key = `${item?.code} ${type === '*' ? (item?.type ?? type) : type}`;
    const earlier = gathered.statisticRows.get(key);
    if (item && type !== undefined && earlier !== undefined)
      check.problemAt('item', reasons.duplicateEntry(item.code, earlier));
    if (check.refused || !item || !quantity || type === undefined) {
      gathered.refusedRows += 1;
      continue;
    }
    gathered.statisticRows.set(key, row.row);
    const other = gathered.statistics.find((one) => one.item === item.code && (one.type === null) !== (type === '*'));
    if (other && item.type === undefined && item.countedIn?.length !== 0)
      check.problemAt('item', reasons.wholeAndPart(item, other.row));
    gathered.statistics.push({
      item: item.code,
      type: type === '*' ? null : type,
      quantity,
      unit: item.unit.text,
      price,
      priceUnit: price === null ? null : (item.priceUnit?.text ?? null),
      ...spreads,
      sheet: open.at.sheet,
      row: row.row,
    });
    run.acceptedOther += 1;
  }
}

function readItem(check: RowCheck): ObservedItem | undefined {
  const text = cellText(check.cell('item'));
  const { products } = check.run;
  const item = products.find(text);
  if (!item || text === '') {
    check.problemAt(
      'item',
      text === '' ? reasons.blank('item') : reasons.itemUnknown(text, products.entries, products.closest(text)),
    );
    return undefined;
  }
  return item;
}

function readPrice(check: RowCheck, item: ObservedItem): string | null {
  if (item.priceUnit) {
    const price = readDecimal(check, 'price', item.priceUnit) ?? null;
    if (price !== null && item.ownPrice && item.countedIn?.length !== 0)
      check.problemAt('price', reasons.priceUnused(item, item.ownPrice.by));
    return price;
  }
  if (!isBlank(check.cell('price'))) check.problemAt('price', reasons.priceUnused(item));
  return null;
}

/** What no service of the norm counts is kept, and missing in every account. */
function warnUncounted(check: RowCheck, item: ObservedItem, type: string | null): void {
  const { countedIn } = item;
  if (!countedIn || (countedIn.length > 0 && (type === null || countedIn.includes(type)))) return;
  const { types } = check.run;
  const word = (code: string): Word | string => types.find(code) ?? code;
  check.problemAt('item', reasons.itemUncounted(item, type === null ? null : word(type), countedIn.map(word)));
}

function readSpreads(
  check: RowCheck,
  { unit, priceUnit }: ObservedItem,
  figures: { readonly quantity: string | null; readonly price: string | null },
): Pick<StatisticRow, 'spread' | 'priceSpread'> {
  const bound = (of: 'quantity' | 'price', norm: Unit) => (role: BoundRole) => readDecimal(check, role, norm, of);
  const spread = readSpread(check, quantitySpread, figures.quantity, bound('quantity', unit));
  const priceSpread = readSpread(check, priceSpreadRoles, figures.price, bound('price', priceUnit ?? unit));
  return { ...(spread && { spread }), ...(priceSpread && { priceSpread }) };
}

/** Decimal text in the norm's unit; null when the cell is empty, undefined after a problem. A bound has the unit of its figure. */
function readDecimal(
  check: RowCheck,
  role: 'quantity' | 'price' | BoundRole,
  norm: Unit,
  of: 'quantity' | 'price' = role as 'quantity' | 'price',
): string | null | undefined {
  const stated = readStatedUnit(check, of, norm);
  if (stated === false) return undefined;
  const measure = readMeasure(check.run, check.cell(role), { stated, norm }, check.open.table.commaIsAmbiguous);
  if (measure === undefined) return null;
  if ('code' in measure) {
    check.problemAt(role, measure);
    return undefined;
  }
  const exact = convertExactly(measure.decimal, measure.factor);
  if (!Number.isFinite(exact.toNumber())) check.problemAt(role, reasons.notFinite());
  else if (exact.numerator < 0n) check.problemAt(role, reasons.negative(role));
  else return exact.toDecimalText(40);
  return undefined;
}
