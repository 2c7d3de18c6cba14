/** Why a number, unit, place, period or name in a cell is refused. */
import { error, inSentence, listed, meantEn, meantZh, type Word } from './reason-words';

/** Reasons about single values. */
export const ofValues = {
  notANumber: (value: string) =>
    error(
      'number-invalid',
      `“${value}”不是数值`,
      `"${value}" is not a number`,
      '请填写数字，例如 1234.5',
      'write digits only, for example 1234.5',
    ),
  ambiguousNumber: (value: string) =>
    error(
      'number-ambiguous',
      `“${value}”有多种读法：逗号或空格可能是千分位，也可能是小数点`,
      `"${value}" can be read in more than one way: a comma or space may group thousands or mark decimals`,
      '请去掉千分位分隔符，小数点用“.”',
      'remove the grouping and write decimals with a point',
    ),
  dash: (value: string) =>
    error(
      'number-dash',
      `“${value}”可能表示零，也可能表示不详`,
      `"${value}" may mean zero or unknown`,
      '没有则填 0，不详则留空',
      'write 0 for none, leave the cell empty for unknown',
    ),
  formulaWithoutResult: (value: string) =>
    error(
      'formula-without-result',
      `公式“${value}”没有保存计算结果`,
      `the formula "${value}" has no stored result`,
      '请用表格软件打开并重新保存，或直接填写数值',
      'open and save the file in a spreadsheet program, or write the value',
    ),
  sheetError: (value: string) =>
    error(
      'sheet-error',
      `单元格是错误值“${value}”`,
      `the cell holds the error ${value}`,
      '请修正公式或填写数值',
      'correct the formula or write the value',
    ),
  notFinite: () =>
    error(
      'number-too-large',
      '数值超出可表示的范围',
      'the number is too large to be held',
      '请核对数值和单位',
      'check the number and its unit',
    ),
  negative: (name: Word | string) =>
    error(
      'negative',
      `${inSentence(name).zh}不能为负`,
      `${inSentence(name).en} cannot be negative`,
      '请填写 0 或正数',
      'write 0 or a positive number',
    ),
  outOfRange: (name: Word, min: string, max: string, unit: string) =>
    error(
      'out-of-range',
      `${inSentence(name).zh}应在 ${min} 至 ${max}（${unit}）之间`,
      `${name.code} must lie between ${min} and ${max} (${unit})`,
      '请核对数值和单位',
      'check the number and its unit',
    ),
  spreadIncomplete: (missing: string) =>
    error(
      'spread-incomplete',
      `区间缺少${inSentence(missing).zh}`,
      `the range lacks ${missing}`,
      '下限、上限和分布须一并给出；没有区间则三处留空',
      'give low, high and distribution together, or leave all three empty',
    ),
  spreadAround: (low: string, value: string, high: string) =>
    error(
      'spread-around',
      `取值 ${value} 不在下限 ${low} 与上限 ${high} 之间，或下限不小于上限`,
      `the figure ${value} is not between low ${low} and high ${high}, or low is not below high`,
      '请写成 下限 ≤ 取值 ≤ 上限，单位与取值相同',
      'write low ≤ figure ≤ high, in the unit of the figure',
    ),
  spreadDistribution: (value: string, known: readonly string[]) =>
    error(
      'spread-distribution',
      `分布“${value}”无法识别`,
      `the distribution "${value}" is not known`,
      `请写 ${known.join('、')}（均匀、三角为上下限，正态、对数正态为 90% 区间）`,
      `write ${known.join(', ')} (bounds for uniform and triangular, a 90% interval for the others)`,
    ),
  spreadOfZero: () =>
    error(
      'spread-of-zero',
      '对数正态分布的下限须大于零',
      'the low end of a lognormal must be above zero',
      '请填写大于零的下限，或改用其他分布',
      'write a low end above zero, or choose another distribution',
    ),
  unitUnknown: (unit: string, guess?: string) =>
    error(
      'unit-unknown',
      `单位“${unit}”无法识别`,
      `unit "${unit}" is not known`,
      `${meantZh(guess)}请使用 rulebook/units.yaml 中登记的单位`,
      `${meantEn(guess)}Use a unit listed in rulebook/units.yaml`,
    ),
  unitIncompatible: (unit: string, wanted: string) =>
    error(
      'unit-incompatible',
      `单位“${unit}”不能换算为“${wanted}”`,
      `unit "${unit}" cannot be converted to "${wanted}"`,
      `请用与“${wanted}”同类的单位`,
      `give it in a unit of the same kind as "${wanted}"`,
    ),
  unitTwice: (inCell: string, inHeader: string) =>
    error(
      'unit-contradiction',
      `单元格写“${inCell}”，而表头或单位栏写“${inHeader}”`,
      `the cell says "${inCell}", but the header or unit column says "${inHeader}"`,
      '请只保留正确的一处',
      'keep only the one that is right',
    ),
};

/** Reasons about the keys of a row. */
export const ofKeys = {
  blank: (name: string) => {
    const { zh, en } = inSentence(name);
    return error('blank', `${zh}为空`, `${en} is empty`, `请填写${zh}`, `fill in ${en}`);
  },
  territoryInvalid: (value: string) =>
    error(
      'territory-invalid',
      `地域代码“${value}”无法识别`,
      `territory code "${value}" cannot be read`,
      /e\+/i.test(value)
        ? '表格软件把代码改成了科学记数；请把该列设为文本后重填代码'
        : '请填写 CN、6、9 或 12 位数字代码，或地块代码（如 520523-jinsha-mine）',
      /e\+/i.test(value)
        ? 'the spreadsheet turned the code into scientific notation: format the column as text and write the code again'
        : 'give CN, 6, 9 or 12 digits, or a site such as 520523-jinsha-mine',
    ),
  territoryUnknown: (value: string, period: string) =>
    error(
      'territory-unknown',
      `地域“${value}”在 ${period} 不存在，或不在您的权限范围内`,
      `territory "${value}" does not exist in ${period}, or is outside your scope`,
      '请核对代码，或请有权限的人员导入',
      'check the code, or let a person who may act for it import the file',
    ),
  periodInvalid: (value: string) =>
    error(
      'period-invalid',
      `核算期“${value}”无法识别`,
      `period "${value}" cannot be read`,
      '请写成 2024、2024-Q3 或 2024-07',
      'write 2024, 2024-Q3 or 2024-07',
    ),
  typeUnknown: (value: string, known: readonly Word[], guess?: string) =>
    /^(合计|总计|小计|共计|total|sum|subtotal)$/i.test(value)
      ? error(
          'total-row',
          `“${value}”是合计行，不是生态系统类型`,
          `"${value}" is a total, not an ecosystem type`,
          '请删去合计行',
          'remove the row of totals',
        )
      : error(
          'type-unknown',
          `生态系统类型“${value}”不在规范中`,
          `ecosystem type "${value}" is not in the norm`,
          `${meantZh(guess)}可用类型：${listed(known).zh}`,
          `${meantEn(guess)}Known types: ${listed(known).en}`,
        ),
  attributeUnknown: (value: string, known: readonly Word[], guess?: string) =>
    error(
      'attribute-unknown',
      `属性“${value}”不在规范中`,
      `attribute "${value}" is not in the norm`,
      `${meantZh(guess)}可用属性：${listed(known).zh}`,
      `${meantEn(guess)}Known attributes: ${listed(known).en}`,
    ),
  itemUnknown: (value: string, known: readonly Word[], guess?: string) =>
    error(
      'item-unknown',
      `统计项“${value}”不在规范中`,
      `item "${value}" is not in the norm`,
      `${meantZh(guess)}可用统计项：${listed(known).zh}`,
      `${meantEn(guess)}Known items: ${listed(known).en}`,
    ),
  areaAsAttribute: () =>
    error(
      'area-as-attribute',
      '面积不能由属性表给出',
      'area cannot be given in the attributes table',
      '请在范围表（extent）中填写面积',
      'give areas in the extent table',
    ),
};
