/** Decides whether a flow may be declared: does it fit the norm, the tree, and what else has been declared? */
import { Fraction, IncompatibleUnits, isInvented, UnknownUnit, conversionFactor } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import { isWithin, levelOfCode } from '@gep/territory';
import { overPeriod, unitsOfService } from '../account/over-period';
import { commonPath, type DeclaredFlow, type PlacedFlow } from './declared-flow';
import { FlowRefused } from './errors';

type Refuse = (zh: string, en: string) => FlowRefused;

/**
 * @param standing declarations of the same norm and service that have not been withdrawn
 * @throws FlowRefused with the first reason
 */
export function checkDeclaration(placed: PlacedFlow, norm: NormEdition, standing: readonly PlacedFlow[]): void {
  const { flow } = placed;
  const { service, supplier, beneficiary, from, until } = flow;
  const refuse: Refuse = (zh, en) => new FlowRefused(service, supplier, beneficiary, { zh, en });
  if (until !== null && until <= from) {
    throw refuse(`终止日 ${until} 须晚于起始日 ${from}`, `the day of its end, ${until}, must be after ${from}`);
  }
  checkEnds(placed, refuse);
  const found = norm.services.find(({ code }) => code === service);
  if (!found) {
    const known = norm.services.map(({ code }) => code).join(', ');
    throw refuse(`规范 ${norm.id} 没有该服务；现有 ${known}`, `norm ${norm.id} has no such service; it has ${known}`);
  }
  if (found.imports !== undefined) {
    throw refuse(
      `规范按统计项 ${found.imports} 从数量中扣除区外来量；请在受益地上报该统计项，不必声明`,
      `the norm takes what comes from outside off by the statistic ${found.imports}; report that for the benefiting territory instead`,
    );
  }
  checkAmount(flow, found, norm, refuse);
  checkAgainst(placed, standing, refuse);
}

function checkEnds(
  { flow: { supplier, beneficiary }, supplierPath, beneficiaryPath }: PlacedFlow,
  refuse: Refuse,
): void {
  const site = [supplier, beneficiary].find((code) => levelOfCode(code) === 'site');
  if (site !== undefined) {
    throw refuse(
      `地块 ${site} 不计入上级，没有可扣减的汇总；请改写其所在的县`,
      `the site ${site} is not added into what lies above, so nothing is counted twice; name its county`,
    );
  }
  if (isInvented(supplier) !== isInvented(beneficiary)) {
    throw refuse(
      '演示用地域与真实地域从不相加，不会重复计算',
      'invented and real territories are never added, so nothing is counted twice',
    );
  }
  if (isWithin(supplierPath, beneficiaryPath) || isWithin(beneficiaryPath, supplierPath)) {
    throw refuse(
      '供给地与受益地须互不包含；上级账户由下级相加，本身不重复',
      'neither of the two may lie within the other; an account above is the sum of those below and counts nothing twice',
    );
  }
}

function checkAmount({ amount, item }: DeclaredFlow, service: Service, norm: NormEdition, refuse: Refuse): void {
  const products = productsOf(service, norm);
  if (item !== null && !products.some(({ code }) => code === item)) {
    const among = products.map(({ code }) => code).join(', ');
    throw products.length > 0
      ? refuse(`该服务没有项目“${item}”；现有 ${among}`, `the service has no item "${item}"; it has ${among}`)
      : refuse(
          '该服务由模型核算，不分项目；请去掉项目',
          'the service is modelled and has no items; leave the item out',
        );
  }
  if ('share' in amount) {
    if (amount.share.compare(Fraction.zero) > 0 && amount.share.compare(Fraction.one) <= 0) return;
    throw refuse('份额须大于 0 且不超过 1', 'the share must be above 0 and at most 1');
  }
  if (amount.quantity.compare(Fraction.zero) <= 0) throw refuse('数量须大于 0', 'the quantity must be above 0');
  if (products.length > 1 && item === null) {
    const among = products.map(({ code }) => code).join(', ');
    throw refuse(
      `该服务有多个项目（${among}），按数量声明须写明其一`,
      `the service has several items (${among}); a quantity is of one of them`,
    );
  }
  const unit = unitOf(service, products.find(({ code }) => code === item) ?? products[0], norm);
  try {
    conversionFactor(norm.units.parse(amount.unit), norm.units.parse(unit));
  } catch (error) {
    if (!(error instanceof UnknownUnit || error instanceof IncompatibleUnits)) throw error;
    throw refuse(`单位“${amount.unit}”不能换算为 ${unit}`, `the unit "${amount.unit}" does not convert to ${unit}`);
  }
}

function productsOf({ quantity }: Service, norm: NormEdition): NormEdition['products'] {
  if (quantity.kind === 'formula') return [];
  const codes = quantity.kind === 'products' ? quantity.products : [quantity.product];
  return norm.products.filter(({ code }) => codes.includes(code));
}

/** Unit of the lines of a year. */
function unitOf(service: Service, product: NormEdition['products'][number] | undefined, norm: NormEdition): string {
  const modelled = unitsOfService(service);
  if (modelled) return overPeriod(modelled.quantity, modelled.price, norm.units, '2000').quantity.unit;
  return product?.unit.text ?? (service.quantity.kind === 'formula' ? service.quantity.unit.text : '1');
}

function checkAgainst(placed: PlacedFlow, standing: readonly PlacedFlow[], refuse: Refuse): void {
  const others = standing.filter(({ flow }) => meet(flow, placed.flow));
  for (const other of others) {
    const { id, supplier, beneficiary } = other.flow;
    const sameSupplier = supplier === placed.flow.supplier;
    if (sameSupplier && beneficiary === placed.flow.beneficiary) {
      throw refuse(
        `同一流动已有声明 ${id}；请先撤回它（gep flow withdraw 或 POST /api/v1/flows/${id}/withdraw）`,
        `the same flow has been declared already (${id}); withdraw that first (gep flow withdraw, or POST /api/v1/flows/${id}/withdraw)`,
      );
    }
    if (isCrossing(placed, other)) {
      throw refuse(
        `与声明 ${id}（${supplier} 流向 ${beneficiary}）的一端互为上下级，同一数量会扣减两次；请在同一层级声明`,
        `an end of it lies within or above an end of ${id} (${supplier} to ${beneficiary}), which would take the same amount back twice; declare both at one level`,
      );
    }
  }
  const shares = [placed, ...others].flatMap(({ flow }) =>
    flow.supplier === placed.flow.supplier && 'share' in flow.amount ? [flow.amount.share] : [],
  );
  const sum = shares.reduce((all, share) => all.plus(share), Fraction.zero);
  if (sum.compare(Fraction.one) > 0) {
    throw refuse(
      `同时有效的声明合计占供给的 ${sum.toExactText()}，超过全部；请减小份额或撤回其他声明`,
      `declarations that hold at the same time come to ${sum.toExactText()} of the supply, more than all of it; lessen the share or withdraw another`,
    );
  }
}

/** Of one item, on some day. */
function meet(a: DeclaredFlow, b: DeclaredFlow): boolean {
  const sameItem = a.item === null || b.item === null || a.item === b.item;
  return sameItem && (a.until === null || a.until > b.from) && (b.until === null || b.until > a.from);
}

/** True when an end of one lies above the same end of the other, unless the other flow lies wholly inside of it. */
function isCrossing(a: PlacedFlow, b: PlacedFlow): boolean {
  const nested = (one: string, other: string, inner: PlacedFlow): boolean =>
    one !== other && isWithin(other, one) && !isWithin(commonPath(inner), one);
  return (
    nested(a.supplierPath, b.supplierPath, b) ||
    nested(b.supplierPath, a.supplierPath, a) ||
    nested(a.beneficiaryPath, b.beneficiaryPath, b) ||
    nested(b.beneficiaryPath, a.beneficiaryPath, a)
  );
}
