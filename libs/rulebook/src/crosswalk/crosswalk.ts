/** Mapping tables between class schemes: which class of a source is which of a target, stated one by one, never assumed. */
import { sourceGrades, Fraction, type Bilingual, type EvidenceGrade } from '@gep/kernel';
import type { EcosystemType, NormFile } from '../norm/norm';
import { compileShape } from '../yaml/check-shape';
import { suggestion } from '../yaml/problem-log';
import { readShaped } from '../yaml/read-shaped';
import { CrosswalkClassUnknown, CrosswalkSharesNeeded, CrosswalkSharesWrong } from './errors';
import { bilingual, list, record, text } from '../yaml/shapes';

export interface CrosswalkTarget {
  readonly code: string;
  readonly name: Bilingual;
}

/** One class of the source. Shares are given, or left to the account (undefined) where they differ from place to place. */
export interface CrosswalkClass {
  readonly code: string;
  readonly name: Bilingual;
  readonly to: readonly { readonly code: string; readonly share?: Fraction }[];
  readonly note?: Bilingual;
}

export interface Crosswalk {
  readonly id: string;
  readonly title: Bilingual;
  /** Names of the two class schemes. */
  readonly from: string;
  readonly to: string;
  readonly source: Bilingual;
  readonly grade: EvidenceGrade;
  readonly targets: readonly CrosswalkTarget[];
  readonly classes: readonly CrosswalkClass[];
}

const check = compileShape(
  record(
    {
      id: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
      title: bilingual,
      from: text,
      to: text,
      source: bilingual,
      grade: { type: 'string', enum: [...sourceGrades] },
      targets: list(record({ code: text, name: bilingual }, ['code', 'name'])),
      classes: list(
        record(
          { code: text, name: bilingual, to: list(record({ code: text, share: text }, ['code'])), note: bilingual },
          ['code', 'name', 'to'],
        ),
      ),
    },
    ['id', 'title', 'from', 'to', 'source', 'grade', 'targets', 'classes'],
  ),
);

interface RawCrosswalk extends Omit<Crosswalk, 'classes'> {
  readonly classes: readonly (Omit<CrosswalkClass, 'to'> & {
    readonly to: readonly { code: string; share?: string }[];
  })[];
}

/** @throws RulebookFileUnreadable with the place of the first fault */
export function parseCrosswalk(file: NormFile): Crosswalk {
  const { raw, fail, refuseTwice } = readShaped<RawCrosswalk>(file, check);
  refuseTwice('targets', raw.targets);
  refuseTwice('classes', raw.classes);
  const targets = raw.targets.map(({ code }) => code);
  const classes = raw.classes.map((one, at) => {
    const to = one.to.map(({ code, share }, index) => {
      const path = ['classes', at, 'to', index] as const;
      if (!targets.includes(code)) {
        const mend = suggestion(code, targets);
        fail(path, { zh: `目标类别“${code}”不存在；${mend.zh}`, en: `there is no target "${code}"; ${mend.en}` });
      }
      const parsed = share === undefined ? undefined : Fraction.parse(share);
      if (share !== undefined && parsed === undefined)
        fail(path, { zh: `份额“${share}”不是数`, en: `share "${share}" is not a number` });
      return { code, ...(parsed ? { share: parsed } : {}) };
    });
    if (new Set(to.map(({ code }) => code)).size < to.length)
      fail(['classes', at, 'to'], { zh: '同一目标出现两次', en: 'a target stands twice' });
    const shared = to.filter(({ share }) => share);
    if (shared.length > 0 && !(shared.length === to.length && addsUpToOne(shared.map(({ share }) => share!))))
      fail(['classes', at, 'to'], {
        zh: '份额须逐项给出且合计为 1，或全部留空',
        en: 'shares must be given for every target and add up to 1, or for none',
      });
    return { ...one, to };
  });
  return { ...raw, classes };
}

const addsUpToOne = (shares: readonly Fraction[]): boolean =>
  shares.every(({ numerator }) => numerator >= 0n) &&
  shares.reduce((sum, share) => sum.plus(share), Fraction.zero).equals(Fraction.one);

/**
 * How the land of a class is shared among the targets it stands for; the shares add up to 1.
 * @param given shares of the account, for a class whose shares the table leaves open
 * @throws CrosswalkClassUnknown, CrosswalkSharesNeeded, CrosswalkSharesWrong
 */
export function sharesOfClass(
  crosswalk: Crosswalk,
  code: string,
  given?: ReadonlyMap<string, Fraction>,
): ReadonlyMap<string, Fraction> {
  const found = crosswalk.classes.find((one) => one.code === code);
  const known = crosswalk.classes.map((one) => one.code);
  if (!found) throw new CrosswalkClassUnknown(crosswalk.id, code, suggestion(code, known));
  const targets = found.to.map((target) => target.code);
  if (given) {
    const fits = [...given.keys()].every((target) => targets.includes(target)) && addsUpToOne([...given.values()]);
    if (!fits) throw new CrosswalkSharesWrong(crosswalk.id, code, targets);
    return given;
  }
  if (targets.length === 1) return new Map([[targets[0], Fraction.one]]);
  if (found.to.some(({ share }) => share === undefined)) throw new CrosswalkSharesNeeded(crosswalk.id, code, targets);
  return new Map(found.to.map((target) => [target.code, target.share!]));
}

/** The classes of HJ 1166 that a norm gives its types, as a mapping table: the way from its accounts into other schemes. */
export function crosswalkOfTypes(norm: string, types: readonly EcosystemType[]): Crosswalk {
  const targets = new Map(types.map(({ hj1166, name }) => [hj1166, { code: hj1166, name }] as const));
  return {
    id: norm,
    title: { zh: `规范 ${norm} 的类型`, en: `types of ${norm}` },
    from: norm,
    to: 'HJ 1166-2021',
    source: { zh: `规范 ${norm}`, en: `norm ${norm}` },
    grade: 'published',
    targets: [...targets.values()],
    classes: types.map(({ code, name, hj1166 }) => ({ code, name, to: [{ code: hj1166 }] })),
  };
}
