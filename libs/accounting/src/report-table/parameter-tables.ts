/** T10 the parameters that were used, T11 where the figures come from and how good they are. */
import { periodEnd, sumFen } from '@gep/kernel';
import { parameterLookup, type NormParameterValue } from '@gep/rulebook';
import type { EvidenceGrade, Bilingual } from '@gep/kernel';
import { inputsOf } from '../account/formula-inputs';
import { nameIn, type ReportSource } from './report-source';
import {
  decimalOf,
  gradeNames,
  number,
  percent,
  shareOf,
  text,
  yuan,
  yuanOf,
  type ReportRow,
  type ReportTable,
} from './report-table';
import { shownQuantity } from './shown-figures';
import { writtenUnit } from './written-unit';

export function parameterTable({ norm, account, places }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const lookup = parameterLookup(norm, { places, date: periodEnd(account.period) });
  const wanted = parametersRead(norm, account);
  const rows = norm.parameters.flatMap((parameter): ReportRow[] => {
    const found = [...(wanted.get(parameter.code) ?? [])].flatMap((type) => {
      const value = lookup(parameter.code, type === null ? {} : { type });
      return value ? [value as typeof value & Partial<NormParameterValue>] : [];
    });
    const values = new Map(found.map((value) => [JSON.stringify([value.type, value.place, value.from]), value]));
    return [...values.values()].map(({ value, type, place, from, evidence, priceYear, spread }) => ({
      cells: [
        parameter.code,
        parameter.name,
        parameter.symbol ?? null,
        type === undefined ? null : name(type),
        place ?? null,
        value.toExactText(),
        writtenUnit(parameter.unit.text),
        spread ? `${spread.low.toExactText()} … ${spread.high.toExactText()}` : null,
        from,
        priceYear ?? null,
        evidence.source,
        gradeNames[evidence.grade],
      ],
    }));
  });
  return {
    id: 'T10',
    title: { zh: '所用参数', en: 'Parameters used' },
    columns: [
      text({ zh: '代码', en: 'Code' }),
      text({ zh: '名称', en: 'Name' }),
      text({ zh: '符号', en: 'Symbol' }),
      text({ zh: '生态系统类型', en: 'Ecosystem type' }),
      text({ zh: '适用地域', en: 'Place' }),
      text({ zh: '取值', en: 'Value' }),
      text({ zh: '单位', en: 'Unit' }),
      text({ zh: '取值范围', en: 'Range' }),
      text({ zh: '起用日期', en: 'Holds from' }),
      text({ zh: '价格年份', en: 'Price year' }),
      text({ zh: '来源', en: 'Source' }),
      text({ zh: '证据等级', en: 'Evidence' }),
    ],
    rows,
    notes: [],
  };
}

/** Parameters that reach a line, with the types that they are read for; null where the line has none. */
function parametersRead(norm: ReportSource['norm'], account: ReportSource['account']): Map<string, Set<string | null>> {
  const types = Object.keys(account.areaByType);
  const wanted = new Map<string, Set<string | null>>();
  const want = (code: string, type: string | null): void => {
    wanted.set(code, (wanted.get(code) ?? new Set()).add(type));
  };
  for (const { service: code, type } of account.lines) {
    const service = norm.services.find((one) => one.code === code);
    if (!service) continue;
    const { quantity, price, gamma } = service;
    const formulas = [quantity, price].flatMap((each) => (each.kind === 'formula' ? [each.formula] : []));
    for (const formula of formulas)
      for (const input of inputsOf(norm.formulas, formula).parameters)
        for (const each of input.key.type !== undefined ? [input.key.type] : input.everyType ? types : [type])
          want(input.code, each);
    if (price.kind === 'parameter') want(price.parameter, type);
    if (gamma.kind === 'parameter') want(gamma.parameter, type);
  }
  return wanted;
}

const origins: Record<ReportSource['account']['origin'], Bilingual> = {
  observed: { zh: '由观测核算', en: 'observed' },
  aggregated: { zh: '由下级汇总', en: 'added up from its parts' },
  divided: { zh: '由拆分的前身按份额划入', en: 'shares of predecessors that were split' },
};

export function sourceTable({ norm, account, observed }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const fact = (what: Bilingual, value: string | Bilingual | null): ReportRow => ({ cells: [what, value, null, null] });
  const { coverage } = account;
  return {
    id: 'T11',
    title: { zh: '数据来源与质量', en: 'Sources and quality of the figures' },
    columns: [
      text({ zh: '项目', en: 'What' }),
      text({ zh: '内容', en: 'Figure' }),
      number({ zh: '价值量', en: 'Value' }, yuan),
      number({ zh: '占比', en: 'Share' }, percent),
    ],
    rows: [
      fact({ zh: '账户来源', en: 'Origin' }, origins[account.origin]),
      fact({ zh: '观测的指纹（SHA-256）', en: 'Digest of the observations (SHA-256)' }, account.observationDigest),
      fact({ zh: '账户的指纹（SHA-256）', en: 'Digest of the account (SHA-256)' }, account.digest),
      fact(
        { zh: '下级：已有 / 应有', en: 'Parts: present / expected' },
        `${decimalOf(coverage.present)} / ${decimalOf(coverage.expected)}`,
      ),
      fact(
        { zh: '是否完整', en: 'Complete' },
        coverage.complete ? { zh: '完整', en: 'complete' } : { zh: '不完整', en: 'incomplete' },
      ),
      ...(observed
        ? [
            fact({ zh: '图斑行数', en: 'Rows of patches' }, decimalOf(observed.rows)),
            ...observed.batches.map((batch) => fact({ zh: '上传批次', en: 'Upload' }, batch)),
            ...observed.statistics.map(({ item, type, sheet, row }) => {
              const of = (language: keyof Bilingual): string =>
                `${name(item)[language]}${type === null ? '' : ` / ${name(type)[language]}`}`;
              return fact({ zh: `统计数：${of('zh')}`, en: `Statistic: ${of('en')}` }, `${sheet}:${row}`);
            }),
          ]
        : []),
      ...(account.baseSums?.standIns ?? []).map(({ attribute, type, value }) =>
        fact(
          { zh: `缺测替代：${attribute} / ${name(type).zh}`, en: `Stand-in: ${attribute} / ${name(type).en}` },
          shownQuantity(value),
        ),
      ),
      ...linesByGrade(account),
    ],
    notes: [],
  };
}

/** How many lines, and what part of the value, rest on evidence of each grade. */
function linesByGrade({ lines, totals }: ReportSource['account']): ReportRow[] {
  return (Object.keys(gradeNames) as EvidenceGrade[]).map((grade): ReportRow => {
    const own = lines.filter((line) => line.grade === grade);
    const fen = sumFen(own.map(({ valueFen }) => valueFen));
    return {
      cells: [
        { zh: `证据等级“${gradeNames[grade].zh}”的行`, en: `Lines of evidence "${gradeNames[grade].en}"` },
        String(own.length),
        yuanOf(fen),
        shareOf(fen, totals.totalFen),
      ],
    };
  });
}
