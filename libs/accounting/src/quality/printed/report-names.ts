/** What a report calls services, categories and types, understood by the words of a norm where it has them. */
import type { UnitTable } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { StatedName } from '../stated-account';
import { plainName, type ReportAxis } from './figure-columns';
import type { ReadRow } from './read-rows';

type Codes = Readonly<Partial<Record<ReportAxis, string>>>;

const categories: readonly (readonly [RegExp, string])[] = [
  [/provision|供给|物质|产品/i, 'provisioning'],
  [/regulat|调节|支持|supporting/i, 'regulating'],
  [/cultur|文化/i, 'cultural'],
];

export class ReportNames {
  readonly units: UnitTable;
  private readonly known: Readonly<Partial<Record<ReportAxis, ReadonlyMap<string, string>>>>;
  /** Categories and groups under which each service stands. */
  private readonly families = new Map<string, Set<string>>();

  constructor(private readonly norm: NormEdition) {
    this.units = norm.units;
    this.known = {
      service: namesOf([...norm.products, ...norm.services]),
      group: namesOf(norm.groups),
      type: namesOf(norm.types),
    };
  }

  /** Codes of the levels that a row names and does not sum up; what the norm does not know goes by its own name. */
  codesOf(axes: ReadRow['axes'], levels: readonly ReportAxis[], isTotal: (text: string) => boolean): Codes {
    const codes: Partial<Record<ReportAxis, string>> = {};
    for (const level of levels)
      if (axes[level] !== '' && !isTotal(axes[level])) codes[level] = this.codeOf(level, axes[level]);
    if (codes.service !== undefined) {
      const family = this.families.get(codes.service) ?? new Set();
      this.families.set(codes.service, family.add(JSON.stringify([codes.category, codes.group])));
    }
    return codes;
  }

  /** What tells two things apart: a service by its own name, unless it stands under several categories or groups. */
  identity({ category, group, service, type }: Codes): readonly (string | null)[] {
    const isOne = service !== undefined && (this.families.get(service)?.size ?? 0) <= 1;
    return isOne
      ? [null, null, service, type ?? null]
      : [category ?? null, group ?? null, service ?? null, type ?? null];
  }

  familyOf({ category, group, service }: Codes): { readonly category?: string; readonly group?: string } {
    const known = this.norm.services.find(({ code }) => code === service);
    const ofCategory = category ?? known?.category;
    const ofGroup = group ?? known?.group;
    return {
      ...(ofCategory === undefined ? {} : { category: ofCategory }),
      ...(ofGroup === undefined ? {} : { group: ofGroup }),
    };
  }

  get services(): StatedName[] {
    return this.norm.services.map(({ code, name }) => ({ code, name }));
  }

  private codeOf(level: ReportAxis, text: string): string {
    if (level === 'category') return categories.find(([pattern]) => pattern.test(text))?.[1] ?? text;
    return this.known[level]?.get(plainName(text)) ?? text;
  }
}

interface Named {
  readonly code: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly aliases?: readonly string[];
}

const namesOf = (entries: readonly Named[]): ReadonlyMap<string, string> =>
  new Map(
    entries.flatMap(({ code, name: { zh, en }, aliases = [] }) =>
      [code, zh, en, ...aliases].map((name) => [plainName(name), code] as const),
    ),
  );
