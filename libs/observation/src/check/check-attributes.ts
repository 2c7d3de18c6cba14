/** Checks the attributes table: values that hold for all patches of a type, or of all types, in a territory and period. */
import { sameDimension, Unit } from '@gep/kernel';
import { implausible } from './extent-row';
import { CheckRun, readMeasure, RowCheck } from './check-run';
import { givenKey } from './gathered-period';
import { OpenTable } from '../table/open-table';
import { cellText } from '../table/raw-table';
import { isAllTypes } from './read-keys';
import { convertToDouble } from './read-number';
import { reasons } from '../table/reasons';
import { readUnit } from '../table/understand-header';
import { ObservedAttribute } from '../table/vocabulary';

export function checkAttributes(run: CheckRun, open: OpenTable): void {
  for (const row of open.rows) {
    run.rows += 1;
    const check = new RowCheck(run, open, row);
    const gathered = check.period();
    const type = readTypeOrAll(check);
    const attribute = readAttribute(check);
    const value = attribute && readValue(check, attribute);
    if (!gathered) continue;
    if (check.refused || !attribute || value === undefined || type === undefined) {
      gathered.refusedRows += 1;
      continue;
    }
    const key = givenKey(attribute.code, type);
    const earlier = gathered.given.get(key);
    if (earlier) {
      check.problemAt('attribute', reasons.duplicateEntry(`${attribute.code} ${type}`, earlier.row));
      gathered.refusedRows += 1;
      continue;
    }
    const column = check.column('type') ?? check.column('attribute');
    gathered.given.set(key, { value, at: open.at, index: column?.index ?? 0, row: row.row });
    run.acceptedOther += 1;
  }
}

/** Code of the type, or `*`; undefined after a problem. */
export function readTypeOrAll(check: RowCheck): string | undefined {
  const text = cellText(check.cell('type'));
  if (isAllTypes(text)) return '*';
  const { types } = check.run;
  const type = types.find(text);
  if (!type) check.problemAt('type', reasons.typeUnknown(text, types.entries, types.closest(text)));
  return type?.code;
}

function readAttribute(check: RowCheck): ObservedAttribute | undefined {
  const text = cellText(check.cell('attribute'));
  const { attributes } = check.run;
  const found = attributes.find(text);
  if (found && found.code !== 'area') return found;
  const unknown =
    text === ''
      ? reasons.blank('attribute')
      : reasons.attributeUnknown(text, attributes.entries, attributes.closest(text));
  check.problemAt('attribute', found ? reasons.areaAsAttribute() : unknown);
  return undefined;
}

function readValue(check: RowCheck, attribute: ObservedAttribute): number | undefined {
  const stated = readStatedUnit(check, 'value', attribute.unit);
  if (stated === false) return undefined;
  const units = { stated, norm: attribute.unit };
  const measure = readMeasure(check.run, check.cell('value'), units, check.open.table.commaIsAmbiguous);
  if (measure === undefined || 'code' in measure) {
    check.problemAt('value', measure ?? reasons.blank('value'));
    return undefined;
  }
  const value = convertToDouble(measure.decimal, measure.factor);
  const reason = value === undefined ? reasons.notFinite() : implausible(attribute, value);
  if (reason) check.problemAt('value', reason);
  return reason ? undefined : value;
}

const unitColumns = { value: 'unit', quantity: 'unit', price: 'priceUnit' } as const;

/** Unit stated for a number by the unit column or, failing that, by the header; false after a problem. */
export function readStatedUnit(check: RowCheck, of: keyof typeof unitColumns, norm: Unit): Unit | undefined | false {
  const role = unitColumns[of];
  const text = cellText(check.cell(role));
  const inHeader = check.column(of)?.unit;
  const unit = text === '' ? inHeader : readUnit(text, check.run.v.units);
  if (unit === undefined) return undefined;
  const at = text === '' ? of : role;
  if ('code' in unit) check.problemAt(at, unit);
  else if (!sameDimension(unit.dimension, norm.dimension))
    check.problemAt(at, reasons.unitIncompatible(unit.text, norm.text));
  else if (inHeader && !inHeader.factor.equals(unit.factor))
    check.problemAt(at, reasons.unitTwice(unit.text, inHeader.text));
  else return unit;
  return false;
}
