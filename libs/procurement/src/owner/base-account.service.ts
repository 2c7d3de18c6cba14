/** Gives the parcels of a register their base GEP from the account of the base year that is published now. */
import { type AccountRecord, findAccountById, findDisclosure, listLines, listVintages } from '@gep/accounting';
import { type Bilingual, type Fen, Fraction } from '@gep/kernel';
import { isWithin } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { lockRegister } from '../company/company.store';
import { RegisterRefused } from './errors';
import type { ParcelBatch } from './register-rows';
import { hectaresTaken, type Paths } from './register.store';
import { type BaseAccount, hectaresOf, measuredParcels, shareBase, withBase } from './share-base';

/** Which account, and what of it counts; all of it when neither services nor categories are named. */
export interface BaseFrom {
  readonly territory: string;
  /** The base year. */
  readonly period: string;
  readonly norm: string;
  readonly services?: readonly string[];
  readonly categories?: readonly string[];
}

export interface SharedBase {
  readonly parcels: readonly ParcelBatch[];
  /** The vintage that base GEP was taken from; null when no parcel gave an area. */
  readonly accountId: string | null;
}

/** @throws RegisterRefused when no account is published, or it is not of this land, year or type, or has less area */
export async function baseFromAccount(
  tx: EntityManager,
  parcels: readonly ParcelBatch[],
  paths: Paths,
  from: BaseFrom | undefined,
): Promise<SharedBase> {
  const measured = measuredParcels(parcels);
  if (measured.length === 0) return { parcels, accountId: null };
  const refuse = (column: string, value: string, zh: string, en: string): never => {
    const text: Bilingual = { zh, en };
    throw new RegisterRefused([{ file: 'parcels', row: 0, column, value, text }], 1);
  };
  if (!from)
    return refuse(
      ...(['type', measured[0].code] as const),
      '以面积计基准年 GEP 须指明基准年核算（gep owner import --base-account，或 POST /api/v1/owners 的 baseFrom）',
      'gives an area, so name the account of the base year (gep owner import --base-account, baseFrom in POST /api/v1/owners)',
    );
  const account = await publishedAccount(tx, from);
  const { territory, period, norm } = from;
  if (!account)
    return refuse(
      ...(['baseYear', `${territory} ${period} ${norm}`] as const),
      '没有已公布的核算；请先公布（gep review act，或 POST /api/v1/reviews/{territory}/{period}/{norm}/acts）',
      'has no published account; publish it first (gep review act, POST /api/v1/reviews/{territory}/{period}/{norm}/acts)',
    );
  const strange = measured.find((parcel) => !isWithin(paths.get(parcel.territory)!, account.path));
  if (strange) refuse('territory', strange.code, `不在 ${territory} 之内`, `does not lie in ${territory}`);
  const old = measured.find(({ baseYear }) => baseYear !== period);
  if (old)
    refuse('baseYear', old.code, `基准年应为核算年 ${period}`, `the base year must be that of the account, ${period}`);
  await lockRegister(tx, `base ${territory} ${period} ${norm}`);
  const vintages = await listVintages(tx, { territory, period, normId: norm });
  const taken = Object.fromEntries(
    [
      ...(await hectaresTaken(
        tx,
        vintages.map(({ id }) => id),
      )),
    ].map(([type, text]) => [type, Fraction.parse(text)!]),
  );
  const shared = shareBase(await countedOf(tx, account, from), measured, taken);
  if (shared instanceof Map) return { parcels: withBase(parcels, shared), accountId: account.id };
  return shared.fault === 'no-type'
    ? refuse('type', shared.type, '该核算没有此类型的面积或价值', 'the account has no area or value of this type')
    : refuse(
        ...(['area', shared.type] as const),
        `各地块（含已登记的）的面积之和超过核算面积 ${account.areaByType[shared.type]} ${account.areaUnit}`,
        `parcels, with those registered before, have more than the ${account.areaByType[shared.type]} ${account.areaUnit} of the account`,
      );
}

async function publishedAccount(tx: EntityManager, { territory, period, norm }: BaseFrom) {
  const disclosure = await findDisclosure(tx, { territory, period, normId: norm });
  return disclosure && findAccountById(tx, disclosure.accountId);
}

async function countedOf(
  tx: EntityManager,
  { id, areaByType, areaUnit, totals }: AccountRecord,
  { services, categories }: BaseFrom,
): Promise<BaseAccount> {
  const hectaresByType = Object.fromEntries(
    Object.entries(areaByType).map(([type, area]) => [type, hectaresOf(area, areaUnit) ?? Fraction.zero]),
  );
  if (!services && !categories) return { fenByType: totals.byType, hectaresByType };
  const fenByType: Record<string, Fen> = {};
  for (const { service, category, type, valueFen } of (await listLines(tx, [id])).get(id)!)
    if (type !== null && (services?.includes(service) || categories?.includes(category)))
      fenByType[type] = (fenByType[type] ?? 0n) + valueFen;
  return { fenByType, hectaresByType };
}
