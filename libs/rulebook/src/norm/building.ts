/** What the builders of a norm share: reading units and numbers, and faults that every list can have. */
import {
  closestUnit,
  combineDimensions,
  Fraction,
  sameDimension,
  UnknownUnit,
  type Bilingual,
  type Unit,
  type UnitTable,
} from '@gep/kernel';
import { suggestion, type NormPath } from '../yaml/problem-log';
import type { DraftEntry, NormDraft } from './norm-draft';

/** What every builder needs: the draft with its problem log, and the units. */
export interface Building {
  readonly draft: NormDraft;
  readonly units: UnitTable;
}

export const named = {
  type: { zh: '生态系统类型', en: 'ecosystem type' },
  parameter: { zh: '参数', en: 'parameter' },
  formula: { zh: '公式', en: 'formula' },
  group: { zh: '服务分组', en: 'group' },
  product: { zh: '产品', en: 'product' },
  citation: { zh: '引文', en: 'citation' },
  productClass: { zh: '产品类别', en: 'product class' },
} satisfies Record<string, Bilingual>;

/** Reads a unit expression; an unknown unit is logged at its place. */
export function readUnit({ draft, units }: Building, path: NormPath, unit: string): Unit | undefined {
  try {
    return units.parse(unit);
  } catch (error) {
    if (!(error instanceof UnknownUnit)) throw error;
    const symbol = String(error.facts['symbol']);
    const text = { zh: `单位“${unit}”中的“${symbol}”无法识别`, en: `unit "${unit}": "${symbol}" is not known` };
    const near = closestUnit(symbol, units);
    draft.log.add(path, 'norm.unknown-unit', text, near === undefined ? mendUnit : suggestion(symbol, [near]));
    return undefined;
  }
}

const mendUnit: Bilingual = {
  zh: 'rulebook/units.yaml 列有全部单位（m、hm2、km2、m3、kg、t、kWh、MJ、GJ、kcal、yuan、person、visit、head、plant、piece……），可用其积、商和“万t”“10^6 yuan”等倍数；没有的单位请在该文件中登记',
  en: 'rulebook/units.yaml lists all units (m, hm2, km2, m3, kg, t, kWh, MJ, GJ, kcal, yuan, person, visit, head, plant, piece, …); products, quotients and multiples of them (万t, 10^6 yuan) are understood; enter there what is lacking',
};

/** A unit of price for one of a quantity: yuan for one of it; what is money already is worth itself. */
export const usualPriceUnit = ({ text, dimension }: Unit, yuan: Unit): string =>
  sameDimension(dimension, yuan.dimension) ? '1' : `yuan/${/^[\p{L}\d%]+$/u.test(text) ? text : `(${text})`}`;

/** Reads a decimal or fraction that the schema let pass by its letters. */
export function readNumber({ draft }: Building, path: NormPath, text: string): Fraction | undefined {
  const value = Fraction.parse(text);
  if (!value)
    draft.log.add(
      path,
      'norm.malformed',
      { zh: `“${text}”不是一个数`, en: `"${text}" is not a number` },
      {
        zh: '写成小数（0.0336；20% 写作 0.2）、科学计数（1.5e-3）或分数（1/7）',
        en: 'write a decimal (0.0336; 0.2 for 20%), a power of ten (1.5e-3) or a fraction (1/7)',
      },
    );
  return value;
}

/** How many `money` units one `quantity` × `price` is; undefined when it is not of that dimension. */
export function scaleOfValue(quantity: Unit, price: Unit, money: Unit): Fraction | undefined {
  if (!sameDimension(combineDimensions(quantity.dimension, price.dimension, 1), money.dimension)) return undefined;
  return quantity.factor.times(price.factor).dividedBy(money.factor);
}

export function refuseRepeated(
  draft: NormDraft,
  entries: readonly DraftEntry<{ code: string }>[],
  what: Bilingual,
): void {
  const first = new Map<string, NormPath>();
  for (const { raw, path } of entries) {
    const earlier = first.get(raw.code);
    if (!earlier) {
      first.set(raw.code, path);
      continue;
    }
    const at = draft.locate([...earlier, 'code']);
    draft.log.add(
      [...path, 'code'],
      'norm.duplicate-code',
      {
        zh: `${what.zh}代码“${raw.code}”重复，已见于 ${at.file}:${at.line}`,
        en: `${what.en} "${raw.code}" is given twice, first at ${at.file}:${at.line}`,
      },
      { zh: '请改名或删去其一', en: 'rename or remove one of them' },
    );
  }
}
