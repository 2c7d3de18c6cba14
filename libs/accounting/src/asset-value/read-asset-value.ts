/** Reads the document of an asset account; its format is in docs/seea-accounts.md, a sample in libs/accounting/samples/asset-value.yaml. */
import { Fraction } from '@gep/kernel';
import type { InputNode } from '../input/input-node';
import { changeDirections, type Asset, type AssetInput, type AssetService, type Expectation } from './asset-input';
import { discountTimings, type Discount, type RateStep } from './discount-factors';
import { inflationOf } from './present-value';

/** Long enough for any schedule in use; every year costs exact arithmetic. */
const longestHorizon = 300;

/** @throws InputUnreadable, RealTermsNeeded */
export function readAssetValue(document: InputNode): AssetInput {
  const keys = ['title', 'source', 'currency', 'horizon', 'discount', 'terms', 'inflation', 'split'];
  document.only(...keys, 'assets', 'services', 'sensitivity');
  const horizon = readHorizon(document.at('horizon'));
  const discount = readDiscount(document.at('discount'));
  const split = document.maybe('split')?.choice(['two', 'three'] as const) ?? 'three';
  const assets = document.at('assets').list().map(readAsset);
  const services = document
    .at('services')
    .list()
    .map((node) => readService(node, assets, split));
  const terms = document.at('terms').choice(['real', 'nominal'] as const);
  return {
    title: document.at('title').name(),
    source: document.maybe('source')?.text() ?? null,
    currency: document.maybe('currency')?.text() ?? 'yuan',
    horizon,
    discount,
    inflation: inflationOf(terms, document.maybe('inflation')?.number()),
    split,
    assets,
    services,
    sensitivity: readSensitivity(document.maybe('sensitivity'), discount, horizon),
  };
}

function readHorizon(node: InputNode): number {
  const years = node.whole(longestHorizon);
  return years > 0 ? years : node.refuse('至少为 1 年', 'at least 1 year is needed');
}

function readRate(node: InputNode): Fraction {
  const rate = node.number();
  if (rate.compare(Fraction.of(-1n)) <= 0) node.refuse('须大于 −1', 'it must be above −1');
  if (rate.compare(Fraction.one) >= 0) node.refuse('请写成小数，如 0.02', 'write it as a decimal such as 0.02');
  return rate;
}

function readDiscount(node: InputNode): Discount {
  node.only('rate', 'schedule', 'timing', 'factors');
  const ways = ['rate', 'schedule', 'factors'].filter((key) => node.maybe(key));
  if (ways.length !== 1)
    node.refuse('须在 rate、schedule、factors 中取一', 'exactly one of rate, schedule and factors is needed');
  const factors = node.maybe('factors');
  if (factors) return { kind: 'factors', factors: factors.list().map((each) => each.notNegative()) };
  const timing = node.at('timing').choice(discountTimings);
  const rate = node.maybe('rate');
  if (rate) return { kind: 'rates', steps: [{ fromYear: 1, rate: readRate(rate) }], timing };
  const schedule = node.at('schedule');
  const steps: RateStep[] = schedule.list().map((step) => {
    step.only('fromYear', 'rate');
    return { fromYear: step.at('fromYear').whole(longestHorizon), rate: readRate(step.at('rate')) };
  });
  const ascending = steps.every(({ fromYear }, at) => (at === 0 ? fromYear === 1 : fromYear > steps[at - 1].fromYear));
  if (steps.length === 0 || !ascending)
    schedule.refuse('须从第 1 年起，逐段递增', 'it must begin with year 1 and ascend');
  return { kind: 'rates', steps, timing };
}

function readAsset(node: InputNode): Asset {
  node.only('code', 'name', 'unit', 'area', 'condition');
  const areas = node.at('area').isList() ? node.at('area').list() : [node.at('area')];
  if (areas.length < 1 || areas.length > 2)
    node.at('area').refuse('应为一个或两个面积', 'one or two areas are expected');
  const [opening, closing] = areas.map((area) => area.notNegative());
  const condition = node.maybe('condition')?.choice(changeDirections);
  return {
    code: node.at('code').text(),
    name: (node.maybe('name') ?? node.at('code')).name(),
    areaUnit: node.at('unit').text(),
    opening,
    ...(closing ? { closing } : {}),
    ...(condition ? { condition } : {}),
  };
}

function readService(node: InputNode, assets: readonly Asset[], split: AssetInput['split']): AssetService {
  node.only('code', 'name', 'asset', 'opening', 'closing', 'demand', 'catastrophicLoss');
  const code = node.at('asset').choice(assets.map((asset) => asset.code));
  const asset = assets.find((one) => one.code === code)!;
  const opening = readExpectation(node.at('opening'), asset.opening);
  const later = node.maybe('closing');
  if (later && split === 'three' && !asset.closing)
    node.refuse(`资产“${code}”缺少期末面积`, `asset "${code}" has no closing area`);
  const closing = later && readExpectation(later, asset.closing ?? asset.opening);
  const demand = node.maybe('demand')?.choice(['up', 'down'] as const);
  const catastrophicLoss = node.maybe('catastrophicLoss')?.notNegative();
  return {
    code: node.at('code').text(),
    name: (node.maybe('name') ?? node.at('code')).name(),
    asset: code,
    opening,
    ...(closing ? { closing } : {}),
    ...(demand ? { demand } : {}),
    ...(catastrophicLoss ? { catastrophicLoss } : {}),
  };
}

function readExpectation(node: InputNode, area: Fraction): Expectation {
  node.only('quantity', 'unitPrice');
  const figures = (key: 'quantity' | 'unitPrice'): readonly Fraction[] | Fraction => {
    const given = node.at(key);
    return given.isList() ? given.list().map((each) => each.notNegative()) : given.notNegative();
  };
  const quantity = figures('quantity');
  const yields = [quantity].flat().some(({ numerator }) => numerator !== 0n);
  if (area.numerator === 0n && yields)
    node.refuse('面积为 0 的资产不能有服务量', 'an asset without area cannot yield a quantity');
  return { quantity, unitPrice: figures('unitPrice') };
}

/** Without a choice of the document: the rate itself, a percentage point below and above it, and every timing. */
function readSensitivity(node: InputNode | undefined, discount: Discount, horizon: number): AssetInput['sensitivity'] {
  node?.only('rates', 'horizons', 'timings');
  const point = Fraction.of(1n, 100n);
  const constant = discount.kind === 'rates' && discount.steps.length === 1 ? discount.steps[0].rate : undefined;
  const around = constant ? [constant.minus(point), constant, constant.plus(point)] : [];
  return {
    rates: node?.maybe('rates')?.list().map(readRate) ?? around,
    horizons: node?.maybe('horizons')?.list().map(readHorizon) ?? [horizon],
    timings:
      node
        ?.maybe('timings')
        ?.list()
        .map((each) => each.choice(discountTimings)) ?? discountTimings,
  };
}
