/** Why a row is refused among the others, or a header, sheet or whole file cannot be used. */
import { error, inSentence, listed, warning, type Word } from './reason-words';

/** Reasons about rows in their context. */
export const ofRows = {
  duplicatePatch: (patch: string, earlier: number) =>
    error(
      'duplicate-patch',
      `图斑“${patch}”已在第 ${earlier} 行给出`,
      `patch "${patch}" is already given in row ${earlier}`,
      '请删去重复行，或改正图斑编号',
      'remove the repeated row or correct the patch id',
    ),
  duplicateType: (type: Word, earlier: number) =>
    error(
      'duplicate-type',
      `类型“${inSentence(type).zh}”已在第 ${earlier} 行给出`,
      `type "${type.code}" is already given in row ${earlier}`,
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
  wholeAndPart: (item: Word, earlier: number) =>
    warning(
      'whole-and-part',
      `“${inSentence(item).zh}”一行不写类型、一行写了类型（第 ${earlier} 行），两行都计入账户`,
      `"${item.code}" is given once without a type and once with one (row ${earlier}); both are counted`,
      '如不写类型的一行是合计，请删去它；如是其余部分，可忽略此提示',
      'if the row without a type is the total, remove it; if it is the rest, ignore this',
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
  attributeLacking: (
    attribute: Word | string,
    types: readonly (Word | string)[],
    rows: number,
    services: readonly (Word | string)[],
  ) => {
    const [named, ofTypes, stopped] = [inSentence(attribute), listed(types), listed(services)];
    return warning(
      'attribute-lacking',
      `${rows} 行（${ofTypes.zh}）没有“${named.zh}”，${stopped.zh}无法核算，其账户将被拒绝`,
      `${rows} rows (${ofTypes.en}) have no "${named.en}", so ${stopped.en} cannot be computed and the account will be refused`,
      `请补充“${named.zh}”，或在规范中把该类型从服务的 types 中去掉`,
      `add "${named.en}", or take the type out of \`types\` of the service in the norm`,
    );
  },
  extentLost: () =>
    error(
      'extent-lost',
      '此文件没有该地域和核算期的面积，导入后现有面积将不再有效',
      'the file gives no areas for this territory and period; importing it would put those that hold now out of force',
      '请把范围表与统计表放在同一次导入中',
      'import the extent table and the statistics together',
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
      `一个${inSentence(name).zh}值合并了多行，无法判断每行各是多少`,
      `one ${name} is merged over several rows, so that the share of each is not known`,
      '请拆分单元格并逐行填写',
      'split the cell and write a number in each row',
    ),
  requiredMissing: (name: Word, type: Word) =>
    error(
      'required-missing',
      `缺少必填属性“${inSentence(name).zh}”（类型：${inSentence(type).zh}）`,
      `required attribute "${name.code}" is missing (type ${type.code})`,
      '请在该行、或在属性表中按类型填写',
      'give it in this row, or by type in the attributes table',
    ),
  requiredMissingEverywhere: (name: Word, rows: number, firstRow: number) =>
    error(
      'required-missing',
      `缺少必填属性“${inSentence(name).zh}”：${rows} 行没有值，从第 ${firstRow} 行起`,
      `required attribute "${name.code}" is missing in ${rows} rows, first in row ${firstRow}`,
      `请增加“${inSentence(name).zh}”列，或在属性表中按类型填写`,
      `add a column "${name.code}", or give it by type in the attributes table`,
    ),
  attributeWithoutExtent: () =>
    error(
      'attribute-without-extent',
      '该地域和核算期没有可接受的范围行，属性无处可用',
      'no accepted extent row of this territory and period can use the attribute',
      '请在同一文件中给出该地域和核算期的面积',
      'give the areas of this territory and period in the same file',
    ),
  attributeUnused: (type: Word | string) =>
    warning(
      'attribute-unused',
      `该地域和核算期没有类型“${inSentence(type).zh}”，属性未使用`,
      `the territory has no type "${inSentence(type).en}" in this period; the value is not used`,
      '请核对类型',
      'check the type',
    ),
  /** @param countedIn types in which services count it, none where no service does */
  itemUncounted: (item: Word, type: Word | string | null, countedIn: readonly (Word | string)[]) => {
    const [named, types] = [inSentence(item), listed(countedIn)];
    return type === null || countedIn.length === 0
      ? warning(
          'item-uncounted',
          `规范没有任何服务计入“${named.zh}”，其数量与单价都不进入账户`,
          `no service of the norm counts "${named.en}"; neither its quantity nor a price of it is in the account`,
          '如须计入，请在规范中增加计入其 class 的服务（或打开关掉该服务的开关）；否则可删去此行',
          'for it to count, add a service for its class to the norm, or turn on the switch that leaves the service out; else leave the row out',
        )
      : warning(
          'item-uncounted',
          `“${named.zh}”属于类型“${inSentence(type).zh}”，而计入它的服务只适用于 ${types.zh}，故不进入账户`,
          `"${named.en}" is of type "${inSentence(type).en}", and the services that count it are for ${types.en} only; it is not in the account`,
          '请改正此行的类型、规范中该产品的 type，或服务的 types',
          'correct the type of the row, `type` of the product in the norm, or `types` of the service',
        );
  },
  /** @param by what of the norm prices the item instead */
  priceUnused: (item: Word, by: string | null = null) =>
    warning(
      'price-unused',
      by === null
        ? `规范不使用“${inSentence(item).zh}”的单价，已忽略`
        : `规范以自己的 ${by} 为“${inSentence(item).zh}”计价，所报单价不用于核算`,
      by === null
        ? `the norm takes no price for "${item.code}"; it is not used`
        : `the norm prices "${item.code}" by its own ${by}; the reported price is not used`,
      by === null ? '可删去该单价' : '可删去该单价；如须采用，请在本地规范中修改该参数或计价方式',
      by === null
        ? 'the price can be left out'
        : 'leave the price out; for it to count, change the parameter, or how the service is priced, in a norm of your own',
    ),
};

/** Reasons about sheets and headers. */
export const ofSheets = {
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
      `缺少“${inSentence(name).zh}”列`,
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
  listMissing: (lists: readonly string[]) =>
    error(
      'table-missing',
      `文件中没有 ${lists.slice(0, -1).join('、')} 或 ${lists.at(-1)} 表`,
      `the file has no table ${lists.slice(0, -1).join(', ')} or ${lists.at(-1)}`,
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
