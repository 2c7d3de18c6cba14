/** The tree behind a figure as indented text: how each value comes about, down to parameters, their sources and observed rows. */
import type { ExplainKind, ExplainNode } from '@gep/accounting';
import type { ExactTrace } from '@gep/formula';
import type { Bilingual, Evidence } from '@gep/kernel';
import type { NormEdition } from '@gep/rulebook';
import type { Language } from '../terminal/language';
import { partThousands, showDecimal, showUnit } from './figures';
import { categoryNames, gradeNames, namesOf, type Names } from './render-account';

const kinds: Readonly<Record<ExplainKind, Bilingual>> = {
  total: { zh: '合计', en: 'total' },
  category: { zh: '类别', en: 'category' },
  service: { zh: '服务', en: 'service' },
  line: { zh: '账户行', en: 'line' },
  child: { zh: '下级', en: 'child' },
  flow: { zh: '区内流动', en: 'declared flow' },
  quantity: { zh: '实物量', en: 'quantity' },
  price: { zh: '单价', en: 'price' },
  gamma: { zh: '自然贡献率', en: 'gamma' },
  conversion: { zh: '单位换算', en: 'conversion' },
  sum: { zh: '图斑之和', en: 'sum' },
  part: { zh: '分项', en: 'part' },
  patch: { zh: '图斑', en: 'patch' },
  statistic: { zh: '统计值', en: 'statistic' },
  standIn: { zh: '代用值', en: 'stand-in' },
  rate: { zh: '全年速率', en: 'rate of the year' },
  share: { zh: '份额', en: 'share' },
  supplied: { zh: '供给量', en: 'supplied' },
  deduction: { zh: '扣除', en: 'deducted' },
  imports: { zh: '区外来量', en: 'imports' },
  cap: { zh: '使用上限', en: 'cap' },
  users: { zh: '使用者', en: 'users' },
  excluded: { zh: '不计', en: 'not counted' },
};

const words = {
  from: { zh: '自', en: 'from' },
  source: { zh: '来源', en: 'source' },
  sources: { zh: '来源', en: 'Sources' },
  note: { zh: '注', en: 'Note' },
  given: { zh: '原值', en: 'given as' },
} satisfies Record<string, Bilingual>;

/** What a norm calls the things in a formula: attributes, parameters and formulas share one set of codes. */
function inputNames({ attributes, series, parameters, formulaTexts }: NormEdition, language: Language): Names {
  const named = [...attributes, ...series, ...parameters, ...formulaTexts];
  const names = new Map(named.map(({ code, name }) => [code, name[language]]));
  return (code) => names.get(code) ?? '';
}

/** The tree, each parameter with grade, date and the number of its source; then the sources whole, with their notes. */
export function renderExplanation(root: ExplainNode, norm: NormEdition, language: Language): string {
  const explanation = new Explanation(norm, language);
  return [...explanation.node(root, 0), ...explanation.sourceList()].join('\n');
}

/** Figures of money in yuan, which are shown to the fen. */
const money: ReadonlySet<ExplainKind> = new Set<ExplainKind>(['total', 'category', 'service', 'line', 'child']);

/** What the line above a step has said. */
interface Said {
  readonly measure: string;
  readonly expression: string;
}

const isInput = ({ kind }: ExactTrace): boolean => ['attribute', 'parameter', 'series'].includes(kind);
const isDay = ({ kind, name = '' }: ExactTrace): boolean => kind === 'item' && /^\d{4}-\d\d-\d\d$/.test(name);
const isFormula = ({ kind }: ExactTrace): boolean => kind === 'formula';

class Explanation {
  private readonly sources = new Map<string, { number: number; evidence: Evidence }>();
  private readonly names: Names;
  private readonly inputs: Names;

  constructor(
    norm: NormEdition,
    private readonly language: Language,
  ) {
    this.names = namesOf(norm, language);
    this.inputs = inputNames(norm, language);
  }

  node(node: ExplainNode, depth: number, above?: ExplainNode): string[] {
    const pad = '  '.repeat(depth);
    const { language } = this;
    const isWhole =
      (node.kind === 'part' || node.kind === 'sum') && showDecimal(node.value) === showDecimal(above!.value);
    const head = [kinds[node.kind][language], node.code, this.nameOf(node), isWhole ? '' : `= ${this.figure(node)}`];
    const lines = [pad + head.filter((part) => part !== '').join(' ') + this.attested(node)];
    if (node.text) lines.push(`${pad}  · ${node.text[language]}`);
    if (node.source) {
      const { batch, sheet, row } = node.source;
      const place = { zh: `观测：${sheet} 第 ${row} 行`, en: `observed: ${sheet}, row ${row}` };
      lines.push(`${pad}  · ${place[language]}${batch ? ` (${batch})` : ''}`);
    }
    if (node.account) lines.push(`${pad}  · ${node.account.territory} @ ${node.account.digest.slice(0, 12)}`);
    const said = { measure: this.figure(node), expression: node.code };
    lines.push(...this.stepsOf(node).flatMap((step) => this.trace(step, depth + 1, said)));
    for (const child of node.children) lines.push(...this.node(child, depth + 1, node));
    if (node.page && node.page.shown < node.page.total) {
      const { offset, shown, total } = node.page;
      lines.push(`${pad}  … ${offset + 1}-${offset + shown} / ${total}`);
    }
    return lines;
  }

  /** Every source that was referred to, whole. */
  sourceList(): string[] {
    if (this.sources.size === 0) return [];
    const entries = [...this.sources.values()].flatMap(({ number, evidence: { source, note } }) => {
      const remark = note ? [`    ${words.note[this.language]}: ${note[this.language]}`] : [];
      return [`[${number}] ${source}`, ...remark];
    });
    return ['', words.sources[this.language], ...entries];
  }

  private nameOf({ kind, code, name }: ExplainNode): string {
    if (name) return name[this.language];
    if (kind === 'category') return categoryNames[code]?.[this.language] ?? '';
    if (kind === 'standIn') return this.inputs(code);
    if (kind !== 'line' && kind !== 'sum' && kind !== 'price') return '';
    const given = code
      .split(' ')
      .map((part) => this.names(part))
      .join(' ');
    return given === code ? '' : given;
  }

  /** A node that is a formula has said its name already. */
  private stepsOf({ code, trace }: ExplainNode): readonly ExactTrace[] {
    if (!trace) return [];
    return trace.kind === 'formula' && trace.name === code ? trace.children : [trace];
  }

  /** A formula stands with its text; what a figure above has said already is not said again. */
  private trace(trace: ExactTrace, depth: number, above: Said): string[] {
    if (trace.kind === 'number') return [];
    const { name = '', expression, value, unit } = trace;
    const measure = this.measured(value, unit);
    const text = isFormula(trace) ? this.textOf(trace) : undefined;
    const ofNorm = isInput(trace) || isFormula(trace);
    const named = ofNorm ? [name, this.inputs(name)].filter(Boolean).join(' ') : isDay(trace) ? name : expression;
    const repeated = named === above.expression ? '' : named;
    const what = text ? `${repeated}: ${text.expression}` : repeated;
    const figure = measure === above.measure && !isInput(trace) ? '' : `= ${measure}`;
    const line = [what, figure, this.daysOf(text ?? trace)].filter(Boolean).join(' ') + this.attested(trace);
    const said = { measure, expression: (text ?? trace).expression };
    const below = line === '' ? depth : depth + 1;
    const steps = (text ?? trace).children.flatMap((child) => this.trace(child, below, said));
    return line === '' ? steps : ['  '.repeat(depth) + line, ...steps];
  }

  /** How many days a sum goes over, and what those that are not shown add up to. */
  private daysOf({ days, children, unit }: ExactTrace): string {
    if (!days) return '';
    const { of, counted, rest } = days;
    const others = this.measured(rest, unit);
    const text = {
      zh: `（共 ${of} 天，${counted} 天有值；列出 ${children.length} 天，其余合计 ${others}）`,
      en: `(${counted} of ${of} days have a value; ${children.length} shown, the others add up to ${others})`,
    };
    return text[this.language];
  }

  /** The one step of a formula that is its whole text. */
  private textOf({ value, unit, children }: ExactTrace): ExactTrace | undefined {
    const [only, ...others] = children;
    const whole = only && others.length === 0 && !isInput(only) && !isFormula(only) && only.kind !== 'number';
    return whole && this.measured(only.value, only.unit) === this.measured(value, unit) ? only : undefined;
  }

  private figure({ kind, value, unit }: ExplainNode): string {
    return money.has(kind) ? `${partThousands(value)} ${showUnit(unit, this.language)}` : this.measured(value, unit);
  }

  private measured(value: string, unit: string): string {
    return `${showDecimal(value)} ${showUnit(unit, this.language)}`.trimEnd();
  }

  private attested(at: { evidence?: Evidence; from?: string; type?: string; place?: string; given?: string }): string {
    if (!at.evidence) return '';
    const { language } = this;
    const facts = [
      gradeNames[at.evidence.grade][language],
      at.type && this.names(at.type),
      at.place,
      at.from && `${words.from[language]} ${at.from}`,
      at.given && `${words.given[language]} ${at.given}`,
      `${words.source[language]} [${this.numberOf(at.evidence)}]`,
    ];
    return `  (${facts.filter(Boolean).join('; ')})`;
  }

  private numberOf(evidence: Evidence): number {
    const key = JSON.stringify([evidence.source, evidence.note]);
    const known = this.sources.get(key) ?? { number: this.sources.size + 1, evidence };
    this.sources.set(key, known);
    return known.number;
  }
}
