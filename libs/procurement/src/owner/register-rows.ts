/** Reads the rows of register files, owners and parcels with their holders, and tells every mistake with its row. */
import { Fraction, isTerritoryCode, type Bilingual } from '@gep/kernel';
import { holderSet, holderTexts, mostHolders, readShare, type HolderShare } from './holder-set';

export const ownerKinds = ['household', 'collective', 'state', 'company'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** One mistake of a file. */
export interface RegisterProblem {
  readonly file: 'owners' | 'parcels';
  /** Counted from 1, the header included. */
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly text: Bilingual;
}

/** Mistakes beyond these are counted and not told one by one. */
export const mostTold = 200;

export class RegisterProblems {
  readonly told: RegisterProblem[] = [];
  count = 0;

  add(problem: RegisterProblem): void {
    this.count += 1;
    if (this.told.length < mostTold) this.told.push(problem);
  }
}

/** Some rows of a table as columns: values of a column are parted by line breaks, as PostgreSQL takes a million of them. */
export type Batch<Column extends string> = Readonly<Record<Column, string>> & { readonly rows: number };
export type OwnerBatch = Batch<'code' | 'name' | 'kind' | 'territory' | 'shares'>;
/** `owners` and `parts` of a parcel are parted by semicolons. Where `type` and `area` (hectares) stand, `baseFen` is empty until an account gives it. */
export type ParcelBatch = Batch<
  'code' | 'territory' | 'baseYear' | 'baseFen' | 'type' | 'area' | 'whole' | 'owners' | 'parts'
>;

export const rowsOfBatch = 20_000;
const longestName = 200;
const codeShape = /^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/;

/** Words of a header by which a column is known. */
export const headers: Readonly<Record<string, readonly string[]>> = {
  code: ['code', '代码', '编码'],
  name: ['name', '名称', '姓名'],
  kind: ['kind', '类型'],
  territory: ['territory', '地域', '行政区代码'],
  baseYear: ['base_year', 'baseYear', '基准年'],
  baseGep: ['base_gep', 'baseGep', '基准年GEP'],
  type: ['type', '生态系统类型'],
  area: ['area_hectare', 'area', '面积（公顷）'],
  owner: ['owner', '权利人', '持有人'],
  share: ['share', '份额'],
  shares: ['shares', '股份', '股数'],
};

const kinds: Readonly<Record<string, OwnerKind>> = {
  ...Object.fromEntries(ownerKinds.map((kind) => [kind, kind])),
  ...{ 农户: 'household', 集体: 'collective', 国家: 'state', 国有: 'state', 企业: 'company', 公司: 'company' },
};

const texts = {
  code: {
    zh: '应为 1 到 60 个字母、数字、“.”、“_”或“-”',
    en: 'must be 1 to 60 letters, digits, ".", "_" or "-"',
  },
  twice: { zh: '代码重复', en: 'the code stands twice' },
  name: { zh: `应为 1 到 ${longestName} 个字符`, en: `must have 1 to ${longestName} characters` },
  kind: {
    zh: '应为 household、collective、state 或 company（农户、集体、国家、企业）',
    en: 'must be household, collective, state or company',
  },
  territory: { zh: '应为行政区代码', en: 'must be the code of a territory' },
  baseYear: { zh: '应为年份，如 2020', en: 'must be a year such as 2020' },
  baseGep: {
    zh: '应为不小于零的元数，至多两位小数；或不填而给出类型与面积',
    en: 'must be yuan, not below zero, with two decimals at most, or empty with type and area',
  },
  type: { zh: '应为基准年核算的生态系统类型', en: 'must be an ecosystem type of the base-year account' },
  area: { zh: '应为大于零的公顷数，至多六位小数', en: 'must be hectares above zero, with six decimals at most' },
  both: {
    zh: '已给出基准年 GEP，不再填类型与面积',
    en: 'base GEP is given, so type and area have to be empty',
  },
  share: { zh: '应为大于 0、不大于 1 的份额，如 1/3 或 25%', en: 'must be a share above 0 and up to 1: 1/3, 25%' },
  shares: { zh: '应为正整数的股数', en: 'must be a whole number of shares above zero' },
  differs: {
    zh: '与同一地块前面的行不同',
    en: 'differs from an earlier row of the same parcel',
  },
} satisfies Record<string, Bilingual>;

const tooMany: Bilingual = { zh: `持有人多于 ${mostHolders} 个`, en: `there are more than ${mostHolders} holders` };

type Cells = Readonly<Record<string, string>>;

/** Gathers rows into batches. */
class Batches<Column extends string> {
  readonly all: Batch<Column>[] = [];
  private columns: Record<Column, string[]>;

  constructor(private readonly names: readonly Column[]) {
    this.columns = this.empty();
  }

  add(row: Readonly<Record<Column, string>>): void {
    for (const name of this.names) this.columns[name].push(row[name]);
    if (this.columns[this.names[0]].length === rowsOfBatch) this.flush();
  }

  flush(): void {
    const rows = this.columns[this.names[0]].length;
    if (rows === 0) return;
    const joined = Object.fromEntries(this.names.map((name) => [name, this.columns[name].join('\n')]));
    this.all.push({ ...joined, rows } as Batch<Column>);
    this.columns = this.empty();
  }

  private empty(): Record<Column, string[]> {
    return Object.fromEntries(this.names.map((name) => [name, [] as string[]])) as Record<Column, string[]>;
  }
}

/** Codes of territories and of owners that others have to know, with the first row that names them. */
export type Named = Map<string, number>;

const note = (named: Named, code: string, row: number): void => {
  if (!named.has(code)) named.set(code, row);
};

export class OwnerRows {
  readonly codes = new Set<string>();
  readonly territories: Named = new Map();
  private readonly batches = new Batches(['code', 'name', 'kind', 'territory', 'shares']);

  constructor(private readonly problems: RegisterProblems) {}

  read(row: number, { code, name, kind, territory, shares }: Cells): void {
    const before = this.problems.count;
    const wrong = (column: string, value: string, text: Bilingual): void =>
      this.problems.add({ file: 'owners', row, column, value: value.slice(0, 80), text });
    if (!codeShape.test(code)) wrong('code', code, texts.code);
    else if (this.codes.has(code)) wrong('code', code, texts.twice);
    this.codes.add(code);
    // A name is personal: it is not told back.
    if (name === '' || name.length > longestName || /\p{Cc}/u.test(name)) wrong('name', '', texts.name);
    if (!Object.hasOwn(kinds, kind)) wrong('kind', kind, texts.kind);
    if (!isTerritoryCode(territory)) wrong('territory', territory, texts.territory);
    if (!/^([1-9]\d{0,15})?$/.test(shares)) wrong('shares', shares, texts.shares);
    if (this.problems.count > before) return;
    note(this.territories, territory, row);
    this.batches.add({ code, name, kind: kinds[kind], territory, shares });
  }

  end(): OwnerBatch[] {
    this.batches.flush();
    return this.batches.all;
  }
}

interface ParcelDraft {
  readonly row: number;
  readonly territory: string;
  readonly baseYear: string;
  readonly baseFen: string;
  readonly type: string;
  readonly area: string;
  readonly holders: HolderShare[];
}

/** A row for each holder; the rows of a parcel may stand apart. A share that is left empty is the whole. */
export class ParcelRows {
  readonly territories: Named = new Map();
  readonly owners: Named = new Map();
  private readonly drafts = new Map<string, ParcelDraft>();

  constructor(private readonly problems: RegisterProblems) {}

  read(row: number, cells: Cells): void {
    const { code, territory, baseYear, baseGep, type, area, owner, share: written } = cells;
    const before = this.problems.count;
    const wrong = (column: string, text: Bilingual): void =>
      this.problems.add({ file: 'parcels', row, column, value: cells[column].slice(0, 80), text });
    if (!codeShape.test(code)) wrong('code', texts.code);
    if (!isTerritoryCode(territory)) wrong('territory', texts.territory);
    if (!/^(19|20|21)\d\d$/.test(baseYear)) wrong('baseYear', texts.baseYear);
    const isMeasured = baseGep === '' && (type !== '' || area !== '');
    const baseFen = isMeasured ? '' : wholeFen(baseGep);
    if (baseFen === undefined) wrong('baseGep', texts.baseGep);
    if (isMeasured && !/^[A-Za-z][A-Za-z0-9-]{0,59}$/.test(type)) wrong('type', texts.type);
    if (isMeasured && !/^(?=.*[1-9])\d{1,12}(\.\d{1,6})?$/.test(area)) wrong('area', texts.area);
    if (!isMeasured && type + area !== '') wrong(type === '' ? 'area' : 'type', texts.both);
    if (!codeShape.test(owner)) wrong('owner', texts.code);
    const share = written === '' ? Fraction.one : readShare(written);
    if (!share) wrong('share', texts.share);
    if (this.problems.count > before) return;
    const draft = this.drafts.get(code) ?? { row, territory, baseYear, baseFen: baseFen!, type, area, holders: [] };
    for (const [column, value] of Object.entries({ territory, baseYear, baseFen: baseFen!, type, area }))
      if (draft[column as 'territory'] !== value) wrong(column === 'baseFen' ? 'baseGep' : column, texts.differs);
    draft.holders.push({ owner, share: share! });
    if (draft.row === row) this.drafts.set(code, draft);
    note(this.territories, territory, row);
    note(this.owners, owner, row);
  }

  end(): ParcelBatch[] {
    const batches = new Batches([
      'code',
      'territory',
      'baseYear',
      'baseFen',
      'type',
      'area',
      'whole',
      'owners',
      'parts',
    ]);
    for (const [code, { row, territory, baseYear, baseFen, type, area, holders }] of this.drafts) {
      const wrong = (text: Bilingual): void =>
        this.problems.add({ file: 'parcels', row, column: 'share', value: code, text });
      const set = holders.length > mostHolders ? undefined : holderSet(holders);
      if (set === undefined) wrong(tooMany);
      else if (typeof set === 'string') wrong(holderTexts[set]);
      else
        batches.add({
          ...{ code, territory, baseYear, baseFen, type, area, whole: set.whole.toString() },
          ...{ owners: set.owners.join(';'), parts: set.parts.join(';') },
        });
    }
    batches.flush();
    return batches.all;
  }
}

/** Yuan as fen; undefined for what is not a plain decimal with two places at most. */
function wholeFen(yuan: string): string | undefined {
  const match = /^(\d{1,16})(?:\.(\d{1,2}))?$/.exec(yuan);
  return match ? BigInt(match[1] + (match[2] ?? '').padEnd(2, '0')).toString() : undefined;
}
