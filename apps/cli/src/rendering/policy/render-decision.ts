/** A decision for people: each payment with its lines, who gets and pays what, what is shown, the proofs. */
import { sumFen, type Bilingual } from '@gep/kernel';
import type { Decision, DecisionPayment, PolicyRule, TracedValue } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { partAmounts, showUnit, showYuan } from '../figures';
import { renderTable, type TableColumn } from '../text-table';
import { showFigure, showValue } from './show-value';

/** How a decision is told: in which language, whether with what each line rests on, and by whose names. */
interface Telling {
  readonly language: Language;
  readonly traced: boolean;
  readonly named: Pick<PolicyRule, 'names' | 'parties'>;
}

export function renderDecision(decision: Decision, telling: Telling): string {
  const { language } = telling;
  const { rule, period, payments, shown, balances, proofs, inputDigest, weakest } = decision;
  const say = (text: Bilingual): string => text[language];
  const head = [
    `${rule.id} @ ${rule.edition.slice(0, 12)}${period === '' ? '' : ` · ${period}`} · ${say(rule.title)}`,
    say({ zh: `输入 ${inputDigest.slice(0, 12)}`, en: `input ${inputDigest.slice(0, 12)}` }),
  ];
  const parts = [
    head.join('\n'),
    ...payments.map((payment) => renderPayment(payment, telling)),
    ...(shown.length > 0 ? [renderShown(decision, telling)] : []),
  ];
  if (balances.length > 0) {
    const columns = headings(language, [
      [{ zh: '方', en: 'Party' }],
      [{ zh: '名称', en: 'Name' }],
      [{ zh: '应得（+）应付（−），元', en: 'Gets (+) or pays (-), yuan' }, 'point'],
      [{ zh: '其中尚待收付', en: 'still due' }, 'point'],
    ]);
    const rows = balances.map(({ code, name, entitledFen, dueFen }) => [
      code,
      name[language] === code ? '' : name[language],
      showYuan(entitledFen),
      showYuan(dueFen),
    ]);
    parts.push(renderTable(columns, rows));
  }
  if (proofs.length > 0) parts.push(proofs.map(({ text }) => `✓ ${partAmounts(say(text))}`).join('\n'));
  if (weakest === 'unverified')
    parts.push(say({ zh: '！所用参数中有未核实的', en: '! some of the parameters used are unverified' }));
  return parts.join('\n\n');
}

function headings(
  language: Language,
  titles: readonly (readonly [Bilingual, TableColumn['numeric']?])[],
): TableColumn[] {
  return titles.map(([title, numeric]) => ({ heading: title[language], ...(numeric && { numeric }) }));
}

function renderPayment(
  { name, code, lines, poolFen, carryFen, totalFen, values }: DecisionPayment,
  telling: Telling,
): string {
  const { language, traced, named } = telling;
  const sideSaid = (side: DecisionPayment['lines'][number]['from']): string =>
    (side.kind === 'party' && named.parties.find((one) => one.code === side.code)?.name[language]) || side.code;
  const has = (test: (line: DecisionPayment['lines'][number]) => unknown): boolean => lines.some(test);
  const columns: [Bilingual, TableColumn['numeric'] | undefined, (line: DecisionPayment['lines'][number]) => string][] =
    [
      [{ zh: '单位', en: 'Unit' }, undefined, ({ unit }) => unit],
      [{ zh: '名称', en: 'Name' }, undefined, (line) => line.name],
      [{ zh: '付', en: 'From' }, undefined, ({ from }) => sideSaid(from)],
      [{ zh: '收', en: 'To' }, undefined, ({ to }) => sideSaid(to)],
    ];
  if (has(({ rank }) => rank !== undefined))
    columns.push([{ zh: '名次', en: 'Rank' }, 'point', ({ rank }) => `${rank ?? ''}`]);
  columns.push([{ zh: '金额（元）', en: 'Amount (yuan)' }, 'point', ({ entitledFen }) => showYuan(entitledFen)]);
  if (has(({ advancedFen }) => advancedFen !== 0n))
    columns.push(
      [{ zh: '已预拨', en: 'Advanced' }, 'point', ({ advancedFen }) => showYuan(advancedFen)],
      [{ zh: '应补（应退）', en: 'Due (to return)' }, 'point', ({ dueFen }) => showYuan(dueFen)],
    );
  if (has(({ withheldFen }) => withheldFen !== undefined))
    columns.push([
      { zh: '负值不付', en: 'Negative, not paid' },
      'point',
      ({ withheldFen }) => (withheldFen === undefined ? '' : showYuan(withheldFen)),
    ]);
  if (has(({ instalments }) => instalments))
    columns.push([
      { zh: '分期', en: 'Instalments' },
      undefined,
      ({ instalments }) => (instalments ? showInstalments(instalments) : ''),
    ]);
  const table = renderTable(
    columns.map(([title, numeric]) => ({ heading: title[language], ...(numeric && { numeric }) })),
    lines.map((line) => columns.map(([, , show]) => show(line))),
  );
  const pool =
    poolFen === undefined
      ? ''
      : {
          zh: `，总额 ${showYuan(poolFen)}，结转 ${showYuan(carryFen)}`,
          en: `, pool ${showYuan(poolFen)}, carried ${showYuan(carryFen)}`,
        }[language];
  const title = `${name[language]} (${code}): ${{ zh: '合计', en: 'total' }[language]} ${showYuan(totalFen)}${pool}`;
  const whole = values.length > 0 ? [renderValues(values, telling, '  ')] : [];
  const behind = traced
    ? lines.flatMap(({ unit, values: own = [] }) =>
        own.length > 0 ? [`${unit}`, renderValues(own, telling, '    ')] : [],
      )
    : [];
  return [title, ...whole, table, ...behind].join('\n');
}

/** `25 × 111,712.00`, or each where they differ. */
function showInstalments(parts: readonly bigint[]): string {
  if (parts.every((part) => part === parts[0])) return `${parts.length} × ${showYuan(parts[0])}`;
  const usual = parts[1] ?? parts[0];
  const odd = parts.findIndex((part) => part !== usual);
  const others = parts.length - 1;
  if (sumFen(parts) === usual * BigInt(others) + parts[odd])
    return odd === 0
      ? `${showYuan(parts[0])} + ${others} × ${showYuan(usual)}`
      : `${others} × ${showYuan(usual)} + ${showYuan(parts[odd])}`;
  return parts.map((part) => showYuan(part)).join(' + ');
}

function renderValues(values: readonly TracedValue[], telling: Telling, indent: string): string {
  return values
    .flatMap((value) => renderValue(value, telling))
    .map((line) => `${indent}${line}`)
    .join('\n');
}

/** One line, or one for each value of a parameter that changed; the code stands beside the name, as formulas are written in codes. */
function renderValue(traced: TracedValue, { language, named, ...telling }: Telling): string[] {
  const { code, expression, table, line, source, grade, from, changes } = traced;
  const { name, type } = named.names.get(code) ?? {};
  const called = name === undefined || name[language] === code ? code : `${name[language]} · ${code}`;
  const show = (value: string): string => showValue({ ...traced, value }, type, telling.traced, language);
  if (changes)
    return changes.map((one) => {
      const rows = one.first === one.last ? one.first : `${one.first} … ${one.last}`;
      return `${called} (${rows}) = ${show(one.value)}   ← ${one.from} · ${one.grade} · ${one.source}`;
    });
  const row = line === undefined ? 'otherwise' : { zh: `第 ${line} 行`, en: `line ${line}` }[language];
  const why = expression ?? (table ? `${table}: ${row}` : source && `${from} · ${grade} · ${source}`);
  return [`${called} = ${show(traced.value)}${why ? `   ← ${why}` : ''}`];
}

/** Values of the whole, then those of each unit under their names, with the unit of measure in the heading. */
function renderShown({ shown }: Decision, telling: Telling): string {
  const { language, traced, named } = telling;
  const nameOf = (code: string): string => named.names.get(code)?.name[language] ?? code;
  const typeOf = (code: string) => named.names.get(code)?.type;
  const whole = shown
    .filter(({ unit }) => unit === '')
    .flatMap(({ values }) =>
      values.map((one) => `${nameOf(one.code)} = ${showValue(one, typeOf(one.code), traced, language)}`),
    );
  const units = shown.filter(({ unit }) => unit !== '');
  if (units.length === 0) return whole.join('\n');
  // A value that one unit lacks another one may have.
  const codes = [...new Set(units.flatMap(({ values }) => values.map(({ code }) => code)))];
  const headingOf = (code: string): string => {
    const type = typeOf(code);
    const unit = type?.kind === 'number' ? showUnit(type.unit.text, language) : '';
    return unit === '' ? nameOf(code) : { zh: `${nameOf(code)}（${unit}）`, en: `${nameOf(code)} (${unit})` }[language];
  };
  const columns = [
    ...headings(language, [[{ zh: '单位', en: 'Unit' }], [{ zh: '名称', en: 'Name' }]]),
    ...codes.map((code) => ({ heading: headingOf(code), numeric: 'point' as const, most: widestHeading })),
  ];
  const rows = units.map(({ unit, name, values }) => [
    ...[unit, name],
    ...codes.map((code) => {
      const value = values.find((one) => one.code === code);
      return value ? showFigure(value, typeOf(code), language) : '';
    }),
  ]);
  const exact = traced ? units.flatMap(({ unit, values }) => [unit, renderValues(values, telling, '    ')]) : [];
  return [...whole, renderTable(columns, rows), ...exact].join('\n');
}

/** Display columns of a shown value; a longer name goes on in the next line. */
const widestHeading = 28;
