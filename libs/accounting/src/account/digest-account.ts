/** The digest of an account: SHA-256 of JSON without objects, so that there is one text for one account. */
import { assert, digestOf } from '@gep/kernel';
import type { Service } from '@gep/rulebook';
import { Account, AccountLine } from './account';
import { compareCodes } from './line-order';
import { unitsOfService } from './over-period';

/** What a digest needs of the norm. A service without quantity and price has the units that its lines have. */
export interface DigestNorm {
  readonly services: readonly (Service | { readonly code: string })[];
}

/**
 * The digest covers what the account says, not how it was reached. Units stand in it as the norm declares them (`t/a`, also
 * for the tonnes of a quarter), because it is the norm that chooses them.
 * Lines are most of it, and most of a line is the same in many accounts: that text is made once for each norm.
 */
export function digestAccount(account: Omit<Account, 'totals' | 'grade' | 'digest'>, norm: DigestNorm): string {
  const { territory, period, observationDigest, origin, areaUnit, areaByType, coverage, children } = account;
  const areas = Object.keys(areaByType)
    .sort(compareCodes)
    .map((type) => [type, areaByType[type]]);
  const refused = coverage.refusedRows ? [coverage.refusedRows] : [];
  const head = JSON.stringify([
    [territory, period, account.norm.id, account.norm.edition, observationDigest, origin],
    [areaUnit, areas, coverage.present, coverage.expected, coverage.complete, ...refused],
    children.map((child) => [child.territory, child.digest]),
  ]);
  const texts = textsOf(norm);
  const lines = account.lines.map((line) => {
    const { before, after } = texts.of(line);
    assert(Number.isFinite(line.quantity), `the quantity of ${line.service} is ${line.quantity}`);
    const supplied = line.supplied === null ? '' : `,${line.supplied}`;
    return `${before}${line.quantity}${after}${line.valueFen}","${line.grade}"${supplied}]`;
  });
  return digestOf(`${head.slice(0, -1)},[${lines.join(',')}]]`);
}

/** The parts of a line's text around its quantity and its value. */
interface LineText {
  readonly line: AccountLine;
  readonly before: string;
  readonly after: string;
}

/** Texts made before all are forgotten; bounds memory and nothing else. */
const mostTexts = 10_000;
const kept = new WeakMap<DigestNorm, LineTexts>();

function textsOf(norm: DigestNorm): LineTexts {
  const known = kept.get(norm);
  if (known) return known;
  const made = new LineTexts(norm);
  kept.set(norm, made);
  return made;
}

class LineTexts {
  private readonly texts = new Map<string, Map<string | null, LineText>>();
  private size = 0;
  private readonly declared: ReadonlyMap<string, { readonly unit: string; readonly priceUnit: string }>;

  constructor({ services }: DigestNorm) {
    const modelled = services.flatMap((service) => {
      const units = 'quantity' in service ? unitsOfService(service) : undefined;
      return units ? [[service.code, { unit: units.quantity.text, priceUnit: units.price.text }] as const] : [];
    });
    this.declared = new Map(modelled);
  }

  of(line: AccountLine): LineText {
    const { service, type, item, flow } = line;
    const place = item === null && flow === undefined ? type : `${type} ${item} ${flow ?? ''}`;
    const known = this.texts.get(service)?.get(place);
    if (known && sameText(known.line, line)) return known;
    if (this.size >= mostTexts) this.forget();
    const made = this.make(line);
    const ofService = this.texts.get(service) ?? new Map<string | null, LineText>();
    this.texts.set(service, ofService.set(place, made));
    this.size += 1;
    return made;
  }

  private forget(): void {
    this.texts.clear();
    this.size = 0;
  }

  private make(line: AccountLine): LineText {
    const { service, category, group, type, item, price, gamma, flow } = line;
    const { unit, priceUnit } = this.declared.get(service) ?? line;
    const place = [service, category, group, type, item, ...(flow === undefined ? [] : [flow])];
    const before = `${JSON.stringify(place).slice(0, -1)},`;
    const after = `,${JSON.stringify([unit, price, priceUnit, gamma]).slice(1, -1)},"`;
    return { line, before, after };
  }
}

function sameText(a: AccountLine, b: AccountLine): boolean {
  return (
    a.type === b.type &&
    a.item === b.item &&
    a.flow === b.flow &&
    a.price === b.price &&
    a.gamma === b.gamma &&
    a.unit === b.unit &&
    a.priceUnit === b.priceUnit &&
    a.category === b.category &&
    a.group === b.group
  );
}
