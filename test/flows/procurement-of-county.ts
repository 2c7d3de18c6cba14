/** A company of the county with a right to sell, a sold gain, a planned contract and a market purchase, for flows that ask about them. */
import { randomUUID } from 'node:crypto';
import type { Officer } from '@gep/procedure';
import { CompanyService, ContractService, MarketPurchaseService, SoldGainService } from '@gep/procurement';
import { loadPolicy, PolicyService, readPolicyText } from '@gep/rulebook';
import { testActor } from '../fixtures/test-database';
import { companyVersion, contractTerms, type Things } from './api-matrix';
import { pathOf, type ApiUnderTest } from './api-under-test';

type Procured = Pick<Things, 'company' | 'saleRight' | 'soldGain' | 'contract' | 'purchase'>;

const valuation = {
  ...{ valuer: 'made up', paidBy: 'buyer' as const, gepFen: '2000', premiumFen: '0' },
  documentDigest: 'a'.repeat(64),
};

export async function makeProcurement({ app, database }: ApiUnderTest, fundId: string): Promise<Procured> {
  const service = <T>(type: abstract new (...given: never[]) => T): T => app.get<T>(type, { strict: false });
  const held = ['settlement.prepare', 'procurement.manage'].map((permission) => [permission, ['CN']] as const);
  const actor: Officer = { ...testActor(), permissions: new Map(held) };
  const territory = '520523';
  const [company, contract, purchase] = ['county-company', 'county-contract', 'county-purchase'];
  const companies = service(CompanyService);
  await companies.record(
    actor,
    { ...companyVersion, code: company, territory, creditCode: null, documentDigest: null },
    randomUUID(),
  );
  const right = {
    company,
    territory,
    parcel: null,
    basis: 'entrustment',
    validFrom: '2020-01-01',
    validTo: null,
  } as const;
  const papers = { reason: 'made up', documentDigest: null };
  const { id: saleRight } = await companies.grantRight(actor, { ...right, ...papers }, randomUUID());
  const gain = { territory, parcel: null, service: 'soilRetention', year: '2019', amountFen: 1n, soldTo: 'made up' };
  const gains = service(SoldGainService);
  const { id: soldGain } = await gains.record(actor, { ...gain, credit: 'made-up', ...papers }, randomUUID());
  await gains.cancel(actor, { id: soldGain, reason: 'made up' }, randomUUID());
  const terms = { effects: null, baseYear: null, floorFen: null, capFen: null, allowedPurposes: [] };
  await service(ContractService).open(
    actor,
    { ...contractTerms, ...terms, code: contract, company, fundId },
    randomUUID(),
  );
  const policies = new PolicyService(database.db);
  const { file } = await loadPolicy('dayang', 'rulebook');
  const text = file.text.replace(/^place: .*\n/m, '');
  const { edition } = await readPolicyText({ path: file.path, text }, 'rulebook');
  await policies.propose(actor, await readPolicyText({ path: file.path, text }, 'rulebook'), randomUUID());
  const wish = { edition, territoryPath: pathOf(territory), from: '2020-01-01', reason: 'made up' };
  await policies.adopt(testActor(['CN'], 'another'), wish, randomUUID());
  const site = { territory, parcel: null, buyer: 'made up', valuation, policy: 'dayang', gains: [] };
  const schedule = { secondOpinionAboveFen: null, secondOpinion: null, firstDueOn: '2026-01-31', monthsBetween: 1 };
  await service(MarketPurchaseService).sign(actor, { ...site, ...schedule, code: purchase, company }, randomUUID());
  return { company, saleRight, soldGain, contract, purchase };
}
