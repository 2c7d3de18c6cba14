/** The table that a period is settled by: what was measured, and what the agreement puts in the place of what is missing. */
import type { Period } from '@gep/kernel';
import type { AgreementTerms } from '../agreement/agreement-terms';
import { DeedNotAgreed } from '../errors';

export type MeasuredCell = string | number | boolean | null;

/** What a department handed in for a period. */
export interface MeasuredTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly MeasuredCell[])[];
}

/** Where the figures come from. */
export interface MeasurementSource {
  readonly suppliedBy: string;
  /** Territory of the supplying department, where it is one. */
  readonly supplierPlace: string | null;
  /** The other side of a joint sampling. */
  readonly sampledWith: string | null;
}

export interface ApprovedTable extends MeasuredTable {
  readonly id: string;
  readonly period: Period;
}

/** A unit without figures of its own in the period. */
export interface StandInUnit {
  readonly unit: string;
  readonly way: 'last-approved' | 'own-fault';
  /** Period of the approved row that counts in its place. */
  readonly from: Period | null;
}

const unitNames = ['unit', 'code', 'territory', '单位代码', '代码', '行政区划代码', '地区代码', '编码'];
const periodNames = ['period', 'year', 'quarter', 'month', '核算期', '时期', '年份', '年度', '季度', '月份'];
const at = (header: readonly string[], names: readonly string[]): number =>
  header.findIndex((name) => names.includes(name.trim().toLowerCase()));

/**
 * The assessed never supply the figure that they are paid by, unless the other side sampled with them.
 * @throws DeedNotAgreed
 */
export function requireIndependent(
  { code, parties, input }: AgreementTerms,
  { suppliedBy, supplierPlace, sampledWith }: MeasurementSource,
): void {
  const assessed = parties.filter(({ role }) => role === 'receiver');
  const own = assessed.find(
    ({ place, units }) => supplierPlace !== null && (place === supplierPlace || units.includes(supplierPlace)),
  );
  if (own && sampledWith === null)
    throw new DeedNotAgreed(
      code,
      {
        zh: `“${suppliedBy}”属于受考核的一方 ${own.code}，不能提供自己的未经核实的数字；请由其他部门提供，或写明共同采样的另一方（sampledWith）`,
        en: `"${suppliedBy}" is of the assessed party ${own.code}, which never supplies its own unverified figure; let another department supply it, or name the other side of a joint sampling (sampledWith)`,
      },
      { party: own.code, supplierPlace },
    );
  if (input.kind === 'measured' && input.joint && sampledWith === null)
    throw new DeedNotAgreed(code, {
      zh: '协议约定共同采样；请写明另一方（sampledWith）',
      en: 'it provides for joint sampling; name the other side (sampledWith)',
    });
}

/** @throws DeedNotAgreed when the table has no columns of unit and period, or no row of the period */
export function requireRows({ code }: AgreementTerms, table: MeasuredTable, period: Period): void {
  const [unit, time] = [at(table.header, unitNames), at(table.header, periodNames)];
  if (unit < 0 || time < 0)
    throw new DeedNotAgreed(code, {
      zh: '监测表应有单位代码列（unit）与时期列（period）',
      en: 'the table of a measurement has a column of units (unit) and one of periods (period)',
    });
  if (!table.rows.some((row) => isWithinPeriod(row[time], period)))
    throw new DeedNotAgreed(code, { zh: `监测表没有 ${period} 的行`, en: `the table has no row of ${period}` });
}

/**
 * @param tables approved measurements of the agreement, of this period and earlier ones; of each period the last approved
 * @throws DeedNotAgreed when a unit has no figures and the agreement puts nothing in their place
 */
export function measuredTable(
  terms: AgreementTerms,
  period: Period,
  tables: readonly ApprovedTable[],
): MeasuredTable & { readonly standIns: readonly StandInUnit[] } {
  const { input, parties, code } = terms;
  const known = [...tables].sort((a, b) => (a.period < b.period ? -1 : 1));
  const { missing, fault, yearsBefore } =
    input.kind === 'measured' ? input : { missing: 'refuse' as const, fault: {}, yearsBefore: 0 };
  const header = joinedHeader(known, missing === 'own-fault' ? Object.keys(fault) : []);
  const read = known.flatMap((table) => {
    const [unit, time] = [at(table.header, unitNames), at(table.header, periodNames)];
    return table.rows.map((row) => ({
      unit: String(row[unit]),
      period: String(row[time]),
      from: table.period,
      cells: header.map((name) => (table.header.includes(name) ? row[table.header.indexOf(name)] : null)),
    }));
  });
  const first = String(Number(period.slice(0, 4)) - yearsBefore);
  const rows = read.filter((row) => row.period >= first && row.from <= period).map(({ cells }) => cells);
  const standIns: StandInUnit[] = [];
  for (const unit of parties.flatMap(({ units }) => units)) {
    if (read.some((row) => row.unit === unit && isWithinPeriod(row.period, period))) continue;
    const earlier = read.filter((row) => row.unit === unit && row.from < period);
    const last = earlier.at(-1)?.from;
    if (missing === 'last-approved' && last !== undefined) {
      standIns.push({ unit, way: 'last-approved', from: last });
      const time = at(header, periodNames);
      for (const { cells, period: of } of earlier.filter(({ from }) => from === last))
        rows.push(cells.map((cell, column) => (column === time ? movedTo(period, of) : cell)));
    } else if (missing === 'own-fault') {
      standIns.push({ unit, way: 'own-fault', from: null });
      rows.push(header.map((name) => faultCell(name, { unit, period, fault })));
    } else throw unmeasured(code, unit, period, missing);
  }
  return { header, rows, standIns };
}

function joinedHeader(tables: readonly MeasuredTable[], more: readonly string[]): string[] {
  const names = new Set(tables.flatMap(({ header }) => header));
  const has = (known: readonly string[]): boolean => at([...names], known) >= 0;
  return [
    ...(has(unitNames) ? [] : ['unit']),
    ...(has(periodNames) ? [] : ['period']),
    ...new Set([...names, ...more]),
  ];
}

function faultCell(
  name: string,
  {
    unit,
    period,
    fault,
  }: { readonly unit: string; readonly period: Period; readonly fault: Readonly<Record<string, string>> },
): MeasuredCell {
  const key = name.trim().toLowerCase();
  if (unitNames.includes(key)) return unit;
  return periodNames.includes(key) ? period : (fault[name] ?? null);
}

const isWithinPeriod = (cell: MeasuredCell | undefined, period: Period): boolean => {
  const text = String(cell ?? '').trim();
  return text === period || (period.length === 4 && text.startsWith(`${period}-`));
};

/** A row of an earlier period, as one of this: of a year its months, else the period itself. */
const movedTo = (period: Period, of: string): string => (period.length === 4 ? `${period}${of.slice(4)}` : period);

function unmeasured(code: string, unit: string, period: Period, missing: string): DeedNotAgreed {
  const wanted = missing === 'last-approved';
  return new DeedNotAgreed(
    code,
    {
      zh: `${period} 缺少 ${unit} 的监测数据${wanted ? '，此前也没有已批准的数据' : ''}；请先上传并批准（gep agreement measure 或 POST /api/v1/agreements/{id}/measurements）`,
      en: `${period} has no measurement of ${unit}${wanted ? ', nor any approved before' : ''}; hand one in and have it approved (gep agreement measure or POST /api/v1/agreements/{id}/measurements)`,
    },
    { unit, period },
  );
}
