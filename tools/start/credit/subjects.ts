/** Twenty invented subjects of credit: persons and firms of two villages, and the villages; no number is anybody's. */
import type { CreditSubjectKind } from '@gep/rulebook';

export const countyPath = 'CN.990000.991100.991101';
const town = `${countyPath}.991101101`;
export const villages = ['991101101201', '991101101202'] as const;
export type Village = (typeof villages)[number];
export const villagePath = (code: Village): string => `${town}.${code}`;

export interface InventedSubject {
  /** By which the demonstration speaks of it. */
  readonly key: string;
  readonly kind: CreditSubjectKind;
  readonly village: Village;
  readonly name: string;
  readonly number: string;
}

const given = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三', '十四'];

/** Citizens of a place that is none (990101), with the check of GB 11643. */
function citizenNumber(at: number): string {
  const body = `99010119800101${String(at).padStart(3, '0')}`;
  const sum = [...body].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

/** A firm of that place, with the check of GB 32100. */
function firmNumber(at: number): string {
  const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91990101MA0DEMO${String(at).padStart(2, '0')}`.replace('O', '0');
  const sum = [...body].reduce((total, sign, place) => total + signs.indexOf(sign) * (3 ** place % 31), 0);
  return `${body}${signs[(31 - (sum % 31)) % 31]}`;
}

const villageOf = (at: number): Village => villages[at % villages.length];

export const inventedSubjects: readonly InventedSubject[] = [
  ...given.map((name, at) => ({
    ...({ key: `person-${at + 1}`, kind: 'person', village: villageOf(at) } as const),
    ...{ name: `演示${name}（虚构）`, number: citizenNumber(at + 1) },
  })),
  ...['山货厂', '造纸厂', '民宿', '茶场'].map((name, at) => ({
    ...({ key: `firm-${at + 1}`, kind: 'firm', village: villageOf(at) } as const),
    ...{ name: `演示${name}（虚构）`, number: firmNumber(at + 1) },
  })),
  ...villages.map((code, at) => ({
    ...({ key: `village-${at + 1}`, kind: 'village', village: code } as const),
    ...{ name: at === 0 ? '上坪村（演示）' : '下湾村（演示）', number: code },
  })),
];

/** Months for which the villages hand in their sheets. */
export const scoredMonths = ['2025-03', '2025-04'] as const;

/** What the team of a village saw in a month: its households sort waste, some more than others, and one lets its frontage be. */
export const sheetOf = (village: Village, month: string) =>
  inventedSubjects
    .filter((one) => one.kind === 'person' && one.village === village)
    .flatMap(({ key }, at) => [
      { key, behaviour: 'sorting', day: `${month}-20`, times: 2 + ((at * 3 + Number(month.slice(-1))) % 5) },
      ...(at === 0 && month === scoredMonths[0] ? [{ key, behaviour: 'frontage', day: `${month}-12`, times: 1 }] : []),
      ...(at % 3 === 1 ? [{ key, behaviour: 'greenTravel', day: `${month}-21`, times: 2 }] : []),
    ]);

/** Entries beside the sheets, with the day on which the notice of a bad one was served. */
export const singleEntries = [
  { key: 'person-2', behaviour: 'project', day: '2025-02-10', evidence: '演示立项文件 · approval of the project' },
  { key: 'person-2', behaviour: 'planting', day: '2025-03-12', evidence: '演示林业站验收单 · acceptance of planting' },
  { key: 'person-4', behaviour: 'planting', day: '2025-03-12', evidence: '演示林业站验收单 · acceptance of planting' },
  {
    ...{ key: 'person-3', behaviour: 'bannedChemicals', day: '2025-02-18', served: '2025-03-03' },
    evidence: '演示农业执法记录 · record of an inspection',
  },
  {
    ...{ key: 'person-5', behaviour: 'bannedChemicals', day: '2025-04-02', served: '2025-04-14' },
    evidence: '演示农业执法记录 · record of an inspection',
  },
  {
    key: 'firm-1',
    behaviour: 'cleaner',
    day: '2025-03-31',
    evidence: '演示清洁生产验收 · cleaner production accepted',
  },
  {
    ...{ key: 'firm-2', behaviour: 'discharge', day: '2025-02-20', served: '2025-03-05' },
    evidence: '演示处罚决定书 · decision on a penalty',
  },
  {
    ...{ key: 'firm-3', behaviour: 'discharge', day: '2025-02-24', served: '2025-03-05' },
    evidence: '演示处罚决定书 · decision on a penalty',
  },
  { key: 'village-1', behaviour: 'project', day: '2025-04-15', evidence: '演示立项文件 · approval of the project' },
  {
    ...{ key: 'village-2', behaviour: 'dumping', day: '2025-04-10', served: '2025-04-21' },
    evidence: '演示巡查照片 · photograph of the team',
  },
] as const;
