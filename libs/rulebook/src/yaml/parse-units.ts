/** Reads units.yaml into the table of units. */
import { UnitTable, UnknownUnit, type UnitDefinition } from '@gep/kernel';
import { RulebookFileUnreadable } from '../errors';
import type { NormFile } from '../norm/norm';
import { readYaml } from './read-yaml';

/** @throws RulebookFileUnreadable */
export function parseUnits(file: NormFile): UnitTable {
  const source = readYaml(file);
  const [fault] = source.faults;
  if (fault) {
    const where = `${fault.at.line}:${fault.at.column}`;
    throw new RulebookFileUnreadable(file.path, { zh: `${where} ${fault.text.zh}`, en: `${where} ${fault.text.en}` });
  }
  const units = (source.value as { units?: unknown } | null)?.units;
  if (!Array.isArray(units) || !units.every(isDefinition)) {
    throw new RulebookFileUnreadable(file.path, {
      zh: '应有 units 列表，每项含 code，以及 base 或 is 之一',
      en: 'a list `units` is expected, each with a code and either base or is',
    });
  }
  try {
    return new UnitTable(units);
  } catch (error) {
    if (!(error instanceof UnknownUnit)) throw error;
    throw new RulebookFileUnreadable(file.path, error.text);
  }
}

function isDefinition(value: unknown): value is UnitDefinition {
  if (typeof value !== 'object' || value === null) return false;
  const { code, base, is, aliases = [] } = value as Record<string, unknown>;
  const texts = [code, base ?? is, ...(Array.isArray(aliases) ? aliases : [undefined])];
  return texts.every((text) => typeof text === 'string' && text !== '') && (base === undefined) !== (is === undefined);
}
