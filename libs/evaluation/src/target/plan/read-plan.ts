/** Reads the document of a plan; what is badly written is refused at its place, what contradicts itself all at once. */
import { changeEffects, InputNode } from '@gep/accounting';
import { type Bilingual, Fraction } from '@gep/kernel';
import { PlanRefused } from '../errors';
import { targetPaths } from './milestones';
import {
  entryOf,
  type PlanTerms,
  type StatedIndex,
  targetMeasures,
  type TargetEntry,
  type TargetIndicator,
} from './plan-terms';

const mostYears = 15;
const code = /^[a-z0-9][a-z0-9-]{0,39}$/;
const yuan = /^-?\d{1,16}(\.\d{1,2})?$/;
const keys = ['code', 'title', 'place', 'term', 'from', 'base', 'norm', 'boundaryDay', 'indicators', 'dual'];

/** @throws InputUnreadable, PlanRefused */
export function readPlan(document: string): PlanTerms {
  const root = InputNode.read(document, 'plan').only(...keys, 'units', 'targets');
  const term = root.at('term').only('first', 'last');
  const span = { first: yearOf(term.at('first')), last: yearOf(term.at('last')) };
  const base = yearOf(root.at('base'));
  const dual = root.maybe('dual')?.only('gep', 'gdp');
  const terms: PlanTerms = {
    ...{ code: matched(root.at('code'), code), title: root.at('title').name(), place: root.at('place').text() },
    ...{ term: span, base, norm: root.at('norm').text() },
    from: root.maybe('from') ? yearOf(root.at('from')) : span.first,
    boundaryDay: root.maybe('boundaryDay') ? matched(root.at('boundaryDay'), /^\d{4}-\d\d-\d\d$/) : `${base}-12-31`,
    indicators: root
      .at('indicators')
      .list()
      .map((node) => indicatorOf(node, base)),
    dual: dual ? { gep: dual.at('gep').text(), gdp: dual.at('gdp').text() } : null,
    units: root
      .at('units')
      .list()
      .map((node) => node.text()),
    entries: root.at('targets').list().map(entryFrom),
  };
  const problems = contradictions(terms);
  if (problems.length > 0) throw new PlanRefused(terms.code, problems);
  return terms;
}

const yearOf = (node: InputNode): number => Number(matched(node, /^(19|20|21)\d\d$/));

function matched(node: InputNode, pattern: RegExp): string {
  const text = node.text();
  return pattern.test(text) ? text : node.refuse(`“${text}”格式不对`, `"${text}" has the wrong form`);
}

function indicatorOf(node: InputNode, base: number): TargetIndicator {
  node.only('code', 'name', 'measure', 'pricesOf', 'indices', 'services', 'categories', 'effects');
  const words = (key: string): string[] =>
    node
      .maybe(key)
      ?.list()
      .map((each) => each.text()) ?? [];
  const measure = node.at('measure').choice(targetMeasures);
  const pricesOf = node.maybe('pricesOf') ? String(yearOf(node.at('pricesOf'))) : null;
  const effects =
    node
      .maybe('effects')
      ?.list()
      .map((each) => each.choice(changeEffects)) ?? [];
  return {
    ...{ code: matched(node.at('code'), code), name: node.at('name').name(), measure },
    ...{ services: words('services'), categories: words('categories'), effects },
    indices: node.maybe('indices')?.list().map(indexOf) ?? [],
    // What effects added is at the prices of neither year; the base is one of its own prices.
    pricesOf: measure === 'gep-effects' ? String(base) : pricesOf,
  };
}

function indexOf(node: InputNode): StatedIndex {
  node.only('of', 'factor', 'source');
  const factor = node.at('factor');
  if (factor.number().compare(Fraction.zero) <= 0) factor.refuse('应大于零', 'should be above zero');
  return { of: node.at('of').text(), factor: factor.text(), source: node.at('source').text() };
}

function entryFrom(node: InputNode): TargetEntry {
  node.only('indicator', 'unit', 'path', 'target', 'growth', 'yearly', 'years');
  const proportion = (key: string): string | null => {
    const given = node.maybe(key);
    if (!given) return null;
    const read = Fraction.parse(given.text().replace(/%$/, 'e-2'));
    return read ? read.toExactText() : given.refuse('应为 10% 或 0.1 这样的比例', 'should be a proportion: 10% or 0.1');
  };
  const years = node
    .maybe('years')
    ?.entries()
    .map(([year, each]) => [year, matched(each, yuan)] as const);
  return {
    ...{ indicator: node.at('indicator').text(), unit: node.maybe('unit')?.text() ?? null },
    path: node.at('path').choice(targetPaths),
    ...{ growth: proportion('growth'), yearly: proportion('yearly') },
    target: node.maybe('target') ? matched(node.at('target'), yuan) : null,
    years: years ? Object.fromEntries(years) : null,
  };
}

type Refuse = (zh: string, en: string) => unknown;

function contradictions(terms: PlanTerms): Bilingual[] {
  const problems: Bilingual[] = [];
  const refuse: Refuse = (zh, en) => problems.push({ zh, en });
  refuseSpan(terms, refuse);
  for (const indicator of terms.indicators) refuseIndicator(terms, indicator, refuse);
  for (const entry of terms.entries) refuseEntry(terms, entry, refuse);
  refuseRepeated(terms, refuse);
  for (const { code: indicator } of terms.indicators)
    for (const unit of terms.units)
      if (!entryOf(terms, indicator, unit))
        refuse(`${unit} 没有指标 ${indicator} 的目标`, `${unit} has no target of the indicator ${indicator}`);
  return problems;
}

function refuseSpan({ term, from, base, units, place, dual, indicators }: PlanTerms, refuse: Refuse): void {
  if (term.last < term.first || term.last - term.first >= mostYears)
    refuse(
      `目标期 ${term.first} 至 ${term.last} 应为先后两年，最多 ${mostYears} 年`,
      `the term ${term.first} to ${term.last} should be two years in order, ${mostYears} at most`,
    );
  if (base >= term.first)
    refuse(
      `基年 ${base} 应在首年 ${term.first} 之前`,
      `the base ${base} should lie before the first year ${term.first}`,
    );
  if (from < term.first || from > term.last)
    refuse(`本版起始年 ${from} 不在目标期内`, `the year ${from}, from which this edition holds, is not in the term`);
  if (units.length === 0 || units.includes(place))
    refuse(
      'units 应为下级单位，至少一个，不含本级',
      'units should be lower governments, one at least, without the own one',
    );
  const measureOf = (wanted: string | undefined) => indicators.find((one) => one.code === wanted)?.measure;
  if (dual && (!measureOf(dual.gep)?.startsWith('gep') || measureOf(dual.gdp) !== 'gdp'))
    refuse('dual 应指明一个 GEP 指标与一个 GDP 指标', 'dual should name an indicator of GEP and one of GDP');
}

function refuseIndicator({ base }: PlanTerms, indicator: TargetIndicator, refuse: Refuse): void {
  const { code: name, measure, pricesOf, services, categories, effects, indices } = indicator;
  const chosen = services.length + categories.length > 0;
  if (chosen && measure !== 'gep')
    refuse(`${name}：只有 gep 可选服务`, `${name}: services are chosen of the measure gep alone`);
  if ((measure === 'gep-effects') !== effects.length > 0)
    refuse(`${name}：effects 与 gep-effects 须同时给出`, `${name}: effects and the measure gep-effects go together`);
  const barred = effects.filter((one) => ['norm', 'boundary', 'price'].includes(one));
  if (barred.length > 0)
    refuse(`${name}：${barred.join('、')} 不是可努力的效应`, `${name}: nobody earns the effects ${barred.join(', ')}`);
  if (indices.length > 0 && (pricesOf === null || !['gep', 'gep-per-area'].includes(measure)))
    refuse(`${name}：indices 须与 pricesOf 同用`, `${name}: indices go with pricesOf`);
  if (measure !== 'gdp' && pricesOf !== null && Number(pricesOf) > base)
    refuse(`${name}：价格年 ${pricesOf} 晚于基年`, `${name}: the year of its prices, ${pricesOf}, is after the base`);
}

function refuseEntry({ term, units, place, indicators }: PlanTerms, entry: TargetEntry, refuse: Refuse): void {
  const { indicator, unit, path, target, growth, yearly, years } = entry;
  const at = `${indicator} ${unit ?? '*'}`;
  if (!indicators.some((one) => one.code === indicator))
    refuse(`${at}：没有此指标`, `${at}: there is no such indicator`);
  if (unit !== null && unit !== place && !units.includes(unit))
    refuse(`${at}：不是本计划的单位`, `${at}: is no unit of this plan`);
  const given = [target, growth, yearly, years].filter((one) => one !== null).length;
  if (given !== 1 || (path === 'set') !== (years !== null))
    refuse(
      `${at}：应恰给出 target、growth、yearly 之一；路径 set 则给出 years`,
      `${at}: give one of target, growth and yearly; with the path set give years`,
    );
  if (years === null) return;
  const wanted = Array.from({ length: term.last - term.first + 1 }, (_, step) => String(term.first + step));
  if (Object.keys(years).sort().join() !== wanted.join())
    refuse(`${at}：years 应为 ${wanted.join('、')} 各一`, `${at}: years should have each of ${wanted.join(', ')}`);
}

function refuseRepeated({ indicators, units, entries }: PlanTerms, refuse: Refuse): void {
  const refuseTwice = (names: readonly string[], zh: string, en: string): void => {
    for (const name of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
      refuse(`${zh} ${name} 重复`, `the ${en} ${name} stands twice`);
  };
  refuseTwice(
    indicators.map((one) => one.code),
    '指标',
    'indicator',
  );
  refuseTwice(units, '单位', 'unit');
  refuseTwice(
    entries.map(({ indicator, unit }) => `${indicator} ${unit ?? '*'}`),
    '目标',
    'target',
  );
}
