/** T3 what is counted and what is not, T4 physical quantities, T5 prices with year and source. */
import { Decimal, Fraction, periodEnd, sumInOrder, type Bilingual } from '@gep/kernel';
import { parameterLookup, type NormParameterValue, type Service } from '@gep/rulebook';
import { nameIn, servicesOf, type ReportSource } from './report-source';
import { categoryNames, gradeNames, number, text, type ReportRow, type ReportTable } from './report-table';
import { quantityRule, shownQuantity } from './shown-figures';
import { writtenUnit } from './written-unit';

const inAccount: Bilingual = { zh: '计入', en: 'In' };
const outOfAccount: Bilingual = { zh: '不计入', en: 'Out' };

const countedHere: Bilingual = { zh: '本地有此服务并已核算', en: 'Present here and counted' };
const countedIntermediate: Bilingual = {
  zh: '本地有此服务并已核算；SEEA EA 视为中间服务，本规范计入总值',
  en: 'Present here and counted; intermediate in SEEA EA, in the total by this norm',
};

export function productList({ norm, account }: ReportSource): ReportTable {
  const counted = new Set(servicesOf(norm, [account]));
  const name = nameIn(norm);
  const row = (service: Service, status: Bilingual, reason: Bilingual): ReportRow => ({
    cells: [
      categoryNames[service.category],
      name(service.group),
      service.name,
      service.code,
      service.seea ?? null,
      status,
      reason,
    ],
  });
  return {
    id: 'T3',
    title: { zh: '核算科目清单', en: 'List of final products' },
    columns: [
      text({ zh: '类别', en: 'Category' }),
      text({ zh: '指标', en: 'Group' }),
      text({ zh: '科目', en: 'Service' }),
      text({ zh: '代码', en: 'Code' }),
      text({ zh: 'SEEA 类别', en: 'SEEA class' }),
      text({ zh: '是否计入', en: 'In or out' }),
      text({ zh: '理由', en: 'Reason' }),
    ],
    rows: [
      ...norm.services.map((service) =>
        counted.has(service.code)
          ? row(service, inAccount, service.intermediate ? countedIntermediate : countedHere)
          : row(service, outOfAccount, {
              zh: '本期没有可核算的类型或统计数',
              en: 'Neither a type nor a statistic of the period bears it',
            }),
      ),
      ...norm.excluded.map(({ definition, reason }) => row(definition, outOfAccount, reason)),
    ],
    notes: [{ zh: `依据规范 ${norm.id}`, en: `By the norm ${norm.id}` }],
  };
}

export function quantityTable({ norm, account, previous }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const accounts = previous ? [previous, account] : [account];
  const rows = servicesOf(norm, accounts).flatMap((service) => {
    const lines = accounts.map((one) => one.lines.filter((line) => line.service === service));
    const kinds = new Map(lines.flat().map((line) => [JSON.stringify([line.item, line.unit]), line]));
    return [...kinds.values()].map(({ item, unit }): ReportRow => {
      const sums = lines.map((own) => own.filter((line) => line.item === item && line.unit === unit));
      const quantity = sums.map((own) => sumInOrder(own.map((line) => line.quantity)));
      const supplied = sumInOrder(sums.at(-1)!.map((line) => line.supplied ?? line.quantity));
      const shown = quantity.map((value, at) => (sums[at].length === 0 ? null : shownQuantity(value)));
      const what = item === null ? null : name(item);
      return { cells: [name(service), what, writtenUnit(unit), ...shown, shownQuantity(supplied)] };
    });
  });
  return {
    id: 'T4',
    title: { zh: '实物量', en: 'Physical quantities' },
    columns: [
      text({ zh: '科目', en: 'Service' }),
      text({ zh: '产品或统计项', en: 'Product or statistic' }),
      text({ zh: '计量单位', en: 'Unit' }),
      ...accounts.map(({ period }) => number({ zh: `${period} 实物量`, en: `Quantity ${period}` })),
      number({ zh: `${account.period} 供给量`, en: `Supplied ${account.period}` }),
    ],
    rows,
    notes: [
      {
        zh: '各行单位不同，列在“计量单位”；供给量大于实物量的部分为未利用潜力，见 T13',
        en: 'Each row has its own unit; what is supplied beyond the quantity is unused potential, see T13',
      },
      quantityRule,
    ],
  };
}

export function priceTable({ norm, account, places }: ReportSource): ReportTable {
  const name = nameIn(norm);
  const lookup = parameterLookup(norm, { places, date: periodEnd(account.period) });
  const rows = servicesOf(norm, [account]).flatMap((code) => {
    const service = norm.services.find((one) => one.code === code);
    const lines = account.lines.filter((line) => line.service === code);
    const kinds = new Map(lines.map((line) => [JSON.stringify([line.item, line.price, line.gamma]), line]));
    return [...kinds.values()].map((line): ReportRow => {
      const { price } = service ?? {};
      const found =
        price?.kind === 'parameter'
          ? lookup(price.parameter, line.type === null ? {} : { type: line.type })
          : undefined;
      const value = found as (typeof found & Partial<NormParameterValue>) | undefined;
      const parameter =
        price?.kind === 'parameter' ? norm.parameters.find((one) => one.code === price.parameter) : undefined;
      return {
        cells: [
          name(code),
          line.item === null ? null : name(line.item),
          shownPrice(line.price) ?? { zh: '下级不一', en: 'parts differ' },
          writtenUnit(line.priceUnit),
          line.gamma ?? { zh: '下级不一', en: 'parts differ' },
          service?.gammaBasis ?? null,
          parameter?.priceClass ?? null,
          value?.priceYear ?? null,
          value?.evidence?.source ?? sourceOf(service, line.item !== null),
          gradeNames[found?.evidence.grade ?? line.grade],
        ],
      };
    });
  });
  return {
    id: 'T5',
    title: { zh: '单价', en: 'Prices' },
    columns: [
      text({ zh: '科目', en: 'Service' }),
      text({ zh: '产品或统计项', en: 'Product or statistic' }),
      text({ zh: '单价', en: 'Price' }),
      text({ zh: '单价单位', en: 'Unit of the price' }),
      text({ zh: 'γ', en: 'γ' }),
      text({ zh: 'γ 的依据', en: 'Basis of γ' }),
      text({ zh: '价格类别', en: 'Class of price' }),
      text({ zh: '价格年份', en: 'Price year' }),
      text({ zh: '来源', en: 'Source' }),
      text({ zh: '证据等级', en: 'Evidence' }),
    ],
    rows,
    notes: [
      { zh: '价格年份为空表示规范未注明', en: 'A price year left empty was not stated by the norm' },
      {
        zh: `单价至多显示 ${shownDigits} 位有效数字；核算用的是其全部位数，见账户`,
        en: `Prices show at most ${shownDigits} significant digits; values were computed with all of them, which the account keeps`,
      },
    ],
  };
}

/** Significant digits of a price as it is read; explanations of the account keep all of them. */
const shownDigits = 12;

/** A price that was divided or moved may have forty decimals, which nobody reads and no spreadsheet keeps. */
function shownPrice(price: string | null): string | null {
  const exact = price === null ? undefined : Fraction.parse(price);
  if (!exact) return price;
  const quotient = new Decimal(exact.numerator.toString()).dividedBy(exact.denominator.toString());
  return quotient.toSignificantDigits(shownDigits).toFixed();
}

function sourceOf(service: Service | undefined, reported: boolean): Bilingual | null {
  if (reported && service?.price.kind === 'product') return { zh: '随统计数上报', en: 'reported with the statistic' };
  if (service?.price.kind !== 'formula') return null;
  const { formula } = service.price;
  return { zh: `由公式 ${formula} 求得，参数见 T10`, en: `by the formula ${formula}, parameters in T10` };
}
