/** Whether a gain may be sold: its service is counted and published, no more of it than there is, and nobody has bought it. */
import { type Bilingual, type Fen, formatYuan } from '@gep/kernel';
import type { SoldGain } from './sold-gain';

export interface GainFacts {
  /** What the published accounts of the place and year count, by service; undefined while none is published. */
  readonly published: ReadonlyMap<string, Fen> | undefined;
  /** Rows that stand of the same service and year, on any of the same land; `isPurchase`: by a market purchase. */
  readonly sold: readonly (Pick<SoldGain, 'territory' | 'parcel' | 'amountFen' | 'credit'> & {
    readonly isPurchase: boolean;
  })[];
  /** Codes of contracts by which the increment of the service, place and year was bought. */
  readonly contracts: readonly string[];
}

type Wanted = Pick<SoldGain, 'territory' | 'parcel' | 'service' | 'year' | 'amountFen'>;

/** What stands against it, by published figures; undefined when nothing does. */
export function overstated(gain: Wanted, { published, sold }: GainFacts): Bilingual | undefined {
  const { territory, service, year, amountFen } = gain;
  if (published === undefined) return undefined;
  const valueFen = published.get(service);
  if (valueFen === undefined) {
    const known = [...published.keys()].sort();
    return {
      zh: `${territory} ${year} 年已发布的核算没有服务“${service}”；可选：${known.join('、')}`,
      en: `the published account of ${territory} of ${year} has no service "${service}"; choose from ${known.join(', ')}`,
    };
  }
  const soldFen = sold.reduce((sum, one) => sum + one.amountFen, 0n);
  const leftFen = valueFen > soldFen ? valueFen - soldFen : 0n;
  if (amountFen <= leftFen) return undefined;
  return {
    zh: `${territory} ${year} 年 ${service} 已发布的价值为 ${formatYuan(valueFen)} 元，已售 ${formatYuan(soldFen)} 元，尚余 ${formatYuan(leftFen)} 元，不能售出 ${formatYuan(amountFen)} 元；请减少金额`,
    en: `${service} of ${territory} of ${year} is published at ${formatYuan(valueFen)} yuan, of which ${formatYuan(soldFen)} are sold: ${formatYuan(leftFen)} are left, not ${formatYuan(amountFen)}; lower the amount`,
  };
}

/** The same, and of a sale by us also that it is published and that nobody else has bought it. */
export function unsellable(gain: Wanted, facts: GainFacts): Bilingual | undefined {
  const { territory, service, year } = gain;
  if (facts.published === undefined)
    return {
      zh: `${territory} ${year} 年的核算尚未发布，不知有多少可售；请先发布（gep review act · POST /api/v1/reviews），或签订时不写该项`,
      en: `no account of ${territory} of ${year} is published, so it is not known how much there is to sell; publish it first (gep review act · POST /api/v1/reviews), or sign without this gain`,
    };
  const buyer = facts.sold.find((one) => one.isPurchase && sharesLand(one, gain));
  if (buyer)
    return {
      zh: `${territory} ${year} 年的 ${service} 已由市场化购买 ${buyer.credit} 买走，同一增益只卖一次；登记有误的可撤销（POST /api/v1/sold-gains/{id}/cancel）`,
      en: `${service} of ${territory} of ${year} is sold by the market purchase ${buyer.credit}, and a gain is sold once; a wrong row is taken back by POST /api/v1/sold-gains/{id}/cancel`,
    };
  const [contract] = facts.contracts;
  if (contract !== undefined)
    return {
      zh: `${territory} ${year} 年 ${service} 的增量已由合同 ${contract} 买走，同一增益只卖一次（gep contract show ${contract} · GET /api/v1/contracts/${contract}）`,
      en: `the increment of ${service} of ${territory} of ${year} is bought by the contract ${contract}, and a gain is sold once (gep contract show ${contract} · GET /api/v1/contracts/${contract})`,
    };
  return overstated(gain, facts);
}

/** Two parcels of one territory are apart; a whole territory takes in all of them. */
const sharesLand = (one: Pick<SoldGain, 'territory' | 'parcel'>, other: Pick<SoldGain, 'territory' | 'parcel'>) =>
  one.territory !== other.territory || one.parcel === null || other.parcel === null || one.parcel === other.parcel;
