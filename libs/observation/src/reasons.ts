/** Every reason for which a cell, row or sheet can be refused or doubted, in both languages, with the way to mend it. */
import { Reason } from './cell-problem';

const error = (code: string, zh: string, en: string, mendZh: string, mendEn: string): Reason => ({
  severity: 'error',
  code: `observation.${code}`,
  text: { zh, en },
  mend: { zh: mendZh, en: mendEn },
});
const warning = (...parts: Parameters<typeof error>): Reason => ({ ...error(...parts), severity: 'warning' });

const meantZh = (guess?: string): string => (guess === undefined ? '' : `是否为“${guess}”？`);
const meantEn = (guess?: string): string => (guess === undefined ? '' : `Did you mean "${guess}"? `);
const listed = (known: readonly string[]): string => {
  const shown = known.slice(0, 12).join(', ');
  return known.length > 12 ? `${shown}, …` : shown;
};

/** Reasons about single values. */
const ofValues = {
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
  negative: (name: string) =>
    error(
      'negative',
      `${name}不能为负`,
      `${name} cannot be negative`,
      '请填写 0 或正数',
      'write 0 or a positive number',
    ),
  outOfRange: (name: string, min: string, max: string, unit: string) =>
    error(
      'out-of-range',
      `${name}应在 ${min} 至 ${max}（${unit}）之间`,
      `${name} must lie between ${min} and ${max} (${unit})`,
      '请核对数值和单位',
      'check the number and its unit',
    ),
  unitUnknown: (unit: string, guess?: string) =>
    error(
      'unit-unknown',
      `单位“${unit}”无法识别`,
      `unit "${unit}" is not known`,
      `${meantZh(guess)}请使用已登记的单位`,
      `${meantEn(guess)}Use a unit listed in units.yaml`,
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
const ofKeys = {
  blank: (name: string) => error('blank', `${name}为空`, `${name} is empty`, `请填写${name}`, `fill in ${name}`),
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
  typeUnknown: (value: string, known: readonly string[], guess?: string) =>
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
          `${meantZh(guess)}可用类型：${listed(known)}`,
          `${meantEn(guess)}Known types: ${listed(known)}`,
        ),
  attributeUnknown: (value: string, known: readonly string[], guess?: string) =>
    error(
      'attribute-unknown',
      `属性“${value}”不在规范中`,
      `attribute "${value}" is not in the norm`,
      `${meantZh(guess)}可用属性：${listed(known)}`,
      `${meantEn(guess)}Known attributes: ${listed(known)}`,
    ),
  itemUnknown: (value: string, known: readonly string[], guess?: string) =>
    error(
      'item-unknown',
      `统计项“${value}”不在规范中`,
      `item "${value}" is not in the norm`,
      `${meantZh(guess)}可用统计项：${listed(known)}`,
      `${meantEn(guess)}Known items: ${listed(known)}`,
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

/** Reasons about rows in their context. */
const ofRows = {
  duplicatePatch: (patch: string, earlier: number) =>
    error(
      'duplicate-patch',
      `图斑“${patch}”已在第 ${earlier} 行给出`,
      `patch "${patch}" is already given in row ${earlier}`,
      '请删去重复行，或改正图斑编号',
      'remove the repeated row or correct the patch id',
    ),
  duplicateType: (type: string, earlier: number) =>
    error(
      'duplicate-type',
      `类型“${type}”已在第 ${earlier} 行给出`,
      `type "${type}" is already given in row ${earlier}`,
      '请合并两行；如果它们是不同图斑，请增加“图斑编号”（patch）列',
      'merge the two rows; if they are different patches, add a column "patch"',
    ),
  duplicateEntry: (what: string, earlier: number) =>
    error(
      'duplicate-entry',
      `“${what}”已在第 ${earlier} 行给出`,
      `"${what}" is already given in row ${earlier}`,
      '请删去其中一行',
      'remove one of the two rows',
    ),
  patchMissing: (earlier: number) =>
    error(
      'patch-missing',
      `同一地域和核算期的其他行（如第 ${earlier} 行）有图斑编号，此行没有`,
      `other rows of the same territory and period (row ${earlier}) name a patch, this row does not`,
      '请为所有行填写图斑编号，或全部留空',
      'name the patch in every row, or in none',
    ),
  patchUnexpected: (earlier: number) =>
    error(
      'patch-unexpected',
      `同一地域和核算期的其他行（如第 ${earlier} 行）没有图斑编号，此行有`,
      `other rows of the same territory and period (row ${earlier}) name no patch, this row does`,
      '请为所有行填写图斑编号，或全部留空',
      'name the patch in every row, or in none',
    ),
  otherSheet: (sheet: string) =>
    error(
      'two-sheets',
      `同一地域和核算期已在“${sheet}”中给出`,
      `the same territory and period is already given in "${sheet}"`,
      '请把同一地域和核算期的行放在一个表中',
      'put all rows of one territory and period into one table',
    ),
  extraCells: (cells: number, columns: number) =>
    error(
      'extra-cells',
      `此行有 ${cells} 格，表头只有 ${columns} 列`,
      `the row has ${cells} cells, the header only ${columns}`,
      '请检查是否有未加引号的逗号（如千分位）',
      'look for a comma without quotes, for example one that groups thousands',
    ),
  mergedValue: (name: string) =>
    error(
      'merged-value',
      `一个${name}值合并了多行，无法判断每行各是多少`,
      `one ${name} is merged over several rows, so that the share of each is not known`,
      '请拆分单元格并逐行填写',
      'split the cell and write a number in each row',
    ),
  requiredMissing: (name: string, type: string) =>
    error(
      'required-missing',
      `缺少必填属性“${name}”（类型 ${type}）`,
      `required attribute "${name}" is missing (type ${type})`,
      '请在该行、或在属性表中按类型填写',
      'give it in this row, or by type in the attributes table',
    ),
  requiredMissingEverywhere: (name: string, rows: number, firstRow: number) =>
    error(
      'required-missing',
      `缺少必填属性“${name}”：${rows} 行没有值，从第 ${firstRow} 行起`,
      `required attribute "${name}" is missing in ${rows} rows, first in row ${firstRow}`,
      `请增加“${name}”列，或在属性表中按类型填写`,
      `add a column "${name}", or give it by type in the attributes table`,
    ),
  attributeWithoutExtent: () =>
    error(
      'attribute-without-extent',
      '该地域和核算期没有可接受的范围行，属性无处可用',
      'no accepted extent row of this territory and period can use the attribute',
      '请在同一文件中给出该地域和核算期的面积',
      'give the areas of this territory and period in the same file',
    ),
  attributeUnused: (type: string) =>
    warning(
      'attribute-unused',
      `该地域和核算期没有类型“${type}”，属性未使用`,
      `the territory has no type "${type}" in this period; the value is not used`,
      '请核对类型',
      'check the type',
    ),
  priceUnused: (item: string) =>
    warning(
      'price-unused',
      `规范不使用“${item}”的单价，已忽略`,
      `the norm takes no price for "${item}"; it is not used`,
      '可删去该单价',
      'the price can be left out',
    ),
};

/** Reasons about sheets and headers. */
const ofSheets = {
  noHeader: (expected: string) =>
    error(
      'header-missing',
      '找不到表头',
      'no header row was found',
      `表头应包含：${expected}`,
      `the header must name: ${expected}`,
    ),
  sheetIgnored: () =>
    warning(
      'sheet-ignored',
      '此工作表没有可识别的表头，未读取',
      'this sheet has no header that is known and was not read',
      '如果它含有数据，请按模板写表头',
      'if it holds observations, give it a header as in the samples',
    ),
  sheetHidden: () =>
    warning(
      'sheet-hidden',
      '此工作表是隐藏的，未读取',
      'this sheet is hidden and was not read',
      '如果它含有数据，请取消隐藏',
      'if it holds observations, unhide it',
    ),
  columnMissing: (name: string, guess?: string) =>
    error(
      'column-missing',
      `缺少“${name}”列`,
      `column "${name}" is missing`,
      `${guess === undefined ? '' : `“${guess}”是否就是它？`}请增加该列`,
      `${guess === undefined ? '' : `Is "${guess}" meant? `}Add the column`,
    ),
  columnTwice: (name: string, earlier: string) =>
    error(
      'column-twice',
      `“${name}”与 ${earlier} 列重复`,
      `"${name}" repeats column ${earlier}`,
      '请只保留一列',
      'keep only one of them',
    ),
  columnUnknown: (name: string, guess?: string) =>
    (guess === undefined ? warning : error)(
      'column-unknown',
      `“${name}”列无法识别，未读取`,
      `column "${name}" is not known and was not read`,
      guess === undefined ? '如不需要可忽略' : `是否为“${guess}”？`,
      guess === undefined ? 'ignore this if it is not needed' : `Did you mean "${guess}"?`,
    ),
  listMissing: () =>
    error(
      'table-missing',
      '文件中没有 extent、attributes 或 statistics 表',
      'the file has no table extent, attributes or statistics',
      '请参考样例文件',
      'compare it with the samples',
    ),
  notAList: (name: string) =>
    error(
      'list-invalid',
      `“${name}”应为对象列表`,
      `"${name}" must be a list of objects`,
      '请写成 [{…}, {…}]',
      'write it as [{…}, {…}]',
    ),
  notAnItem: () => error('item-invalid', '此项不是对象', 'this item is not an object', '请写成 {…}', 'write it as {…}'),
  jsonInvalid: (reason: string) =>
    error(
      'json-invalid',
      `JSON 语法错误：${reason}`,
      `the JSON cannot be read: ${reason}`,
      '请用 JSON 校验工具检查该位置',
      'check the place with a JSON validator',
    ),
  quoteOpen: () =>
    error(
      'quote-open',
      '引号没有闭合，其后的内容无法读取',
      'a quote is never closed; what follows cannot be read',
      '请补上引号',
      'close the quote',
    ),
  noRows: () =>
    warning('no-rows', '表头之后没有数据行', 'there is no row below the header', '请填写数据', 'fill in rows'),
};

export const reasons = { ...ofValues, ...ofKeys, ...ofRows, ...ofSheets };
