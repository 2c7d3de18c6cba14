/** Release packages of a contract at each stage have what the standard asks for, and money that is that of the book. */
import Ajv from 'ajv';
import type { ContractDeed } from '../contract/contract';
import { moneyOf } from '../contract/contract';
import type { ContractTerms } from '../contract/contract-terms';
import { ocdsPackage, type ReleaseSource } from './ocds-release';

/**
 * What the Open Contracting Data Standard 1.1 asks of the members that we export, written from its reference: types, required
 * members and closed code lists (open ones as far as we use them). Stricter than the standard: nothing else may be there.
 */
const text = { type: 'string', minLength: 1 };
const moment = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
};
const object = (required: readonly string[], properties: object): object => ({
  ...{ type: 'object', required, properties, additionalProperties: false },
});
const list = (items: object): object => ({ type: 'array', minItems: 1, uniqueItems: true, items });
const oneOf = (...words: string[]): object => ({ type: 'string', enum: words });

const value = object(['amount', 'currency'], { amount: { type: 'number' }, currency: oneOf('CNY') });
const party = object(['id', 'name'], { id: text, name: text });
const period = object(['startDate', 'endDate'], { startDate: moment, endDate: moment });
const item = object(['id'], { id: text, description: text });
const document = object(['id'], {
  ...{ id: text, title: text, datePublished: moment },
  documentType: oneOf('tenderNotice', 'contractSigned', 'contractNotice', 'completionCertificate'),
});
const milestone = object(['id'], {
  ...{ id: text, title: text, dueDate: moment, dateMet: moment },
  type: oneOf('approval', 'delivery', 'payment', 'reporting'),
  status: oneOf('scheduled', 'met', 'notMet', 'partiallyMet'),
});
const transaction = object(['id'], { id: text, date: moment, value, payer: party, payee: party });

const contract = object(['id', 'awardID'], {
  ...{ id: text, awardID: text, title: text, period, value, dateSigned: moment, items: list(item) },
  status: oneOf('pending', 'active', 'cancelled', 'terminated'),
  documents: list(document),
  milestones: list(milestone),
  amendments: list(object(['id'], { id: text, date: moment, rationale: text, description: text })),
  implementation: object([], { transactions: list(transaction), documents: list(document) }),
});

const release = object(['ocid', 'id', 'date', 'tag', 'initiationType'], {
  ocid: { type: 'string', pattern: '^ocds-[0-9a-z]{6}-.+' },
  id: { type: 'string', pattern: '^[^#]+$' },
  ...{ date: moment, initiationType: oneOf('tender'), language: text, buyer: party },
  tag: list(oneOf('planning', 'tender', 'award', 'contract', 'implementation')),
  parties: list(
    object(['id', 'name', 'roles'], {
      ...{ id: text, name: text },
      identifier: object(['id'], { scheme: text, id: text, legalName: text }),
      roles: list(oneOf('buyer', 'procuringEntity', 'supplier', 'payer', 'payee')),
    }),
  ),
  planning: object([], {
    rationale: text,
    budget: object([], { id: text, description: text, amount: value }),
  }),
  tender: object(['id'], {
    ...{ id: text, title: text, procuringEntity: party, items: list(item), value, enquiryPeriod: period },
    status: oneOf('planning', 'planned', 'active', 'cancelled', 'unsuccessful', 'complete', 'withdrawn'),
    procurementMethod: oneOf('open', 'selective', 'limited', 'direct'),
    ...{ procurementMethodDetails: text, procurementMethodRationale: text },
    mainProcurementCategory: oneOf('goods', 'works', 'services'),
    documents: list(document),
  }),
  awards: list(
    object(['id'], {
      ...{ id: text, title: text, date: moment, value, suppliers: list(party), items: list(item) },
      status: oneOf('pending', 'active', 'cancelled', 'unsuccessful'),
    }),
  ),
  contracts: list(contract),
});

const ocdsPackageShape = object(['uri', 'version', 'publishedDate', 'publisher', 'releases'], {
  uri: { type: 'string', pattern: '^https?://' },
  version: oneOf('1.1'),
  publishedDate: moment,
  publisher: object(['name'], { name: text }),
  releases: list(release),
});

const check = new Ajv({ allErrors: true }).compile(ocdsPackageShape);
const settings = { prefix: 'ocds-000000', address: 'https://gep.example.cn', publisher: 'Two Mountains' };
const days = ['2026-01-05', '2026-02-01', '2026-02-02', '2026-02-03', '2026-02-04', '2026-02-12', '2026-03-02'];
const facts: readonly [string, Record<string, string>][] = [
  ['budget', { line: '2110501', amountFen: '500000' }],
  ['measure', { settlementId: 's', dueFen: '123405', ruleEdition: 'r' }],
  ['certify', {}],
  ['reserve', { grantedFen: '123405', shortfallFen: '0' }],
  ['notice', { where: 'https://notice.example.cn', noticeUntil: '2026-02-11' }],
  ['award', { opinions: 'none' }],
  ['sign', { bondFen: '0', amountFen: '123405' }],
  ['publish', { where: 'https://contract.example.cn' }],
  ['file', { authority: 'finance', number: '7' }],
  ['accept', { users: '3', opinions: 'good', where: 'https://accepted.example.cn' }],
  ['invoice', { number: '24442000000012345678', amountFen: '123405', issuedOn: '2026-03-10' }],
  ['approve', {}],
  ['pay', {}],
  ['close', {}],
];
const deeds = facts.map(([act, said], at): ContractDeed => ({
  ...{ no: at + 1, act, on: days[at] ?? '2026-03-20', facts: said, documentDigest: 'a'.repeat(64) },
  ...{ by: 'p', byName: 'P', at: new Date('2026-03-20T01:00:00Z') },
}));
const terms: ContractTerms = {
  ...{ unit: '990101', norm: 'cn-terrestrial', services: ['soilRetention'], effects: null },
  reference: 'previousYear',
  negative: 'record',
  ...{ baseYear: null, pricesOf: '2024', rate: '0.02', floorFen: null, capFen: null },
  ...{ policy: 'increment-contract', fundId: 'f', purpose: 'increments', buyer: 'county bureau (invented)' },
  ...{
    singleSourceReason: 'only owner of the right',
    conservationShare: '0.7',
    allowedPurposes: [],
    spendBy: '2026-12-31',
  },
  trueUp: 'supplement',
};
const sourceOf = (count: number): ReleaseSource => ({
  contract: {
    ...{
      id: 'i',
      code: 'dajun-2025',
      territoryPath: 'CN.990101',
      companyId: 'c',
      companyCode: 'dajun',
      year: '2025',
      terms,
    },
    ...{ termsDigest: 'd', preparedBy: 'p', preparedByName: 'P', preparedAt: new Date('2026-01-04T01:00:00Z') },
  },
  ...{
    companyName: '大均两山公司（演示）',
    companyCreditCode: null,
    deeds: deeds.slice(0, count),
    money: moneyOf(deeds.slice(0, count)),
  },
  ...{ clocks: [{ code: 'contract-filing', dueOn: '2026-03-11', metOn: null }], supplements: [] },
  invoices:
    count > 10
      ? [
          {
            number: '24442000000012345678',
            contractId: 'i',
            amountFen: 123405n,
            issuedOn: '2026-03-10',
            documentDigest: null,
          },
        ]
      : [],
});

it.each(Array.from({ length: deeds.length + 1 }, (_, count) => count))('is whole after %i deeds', (count) => {
  check(ocdsPackage(sourceOf(count), settings));
  expect(check.errors).toBeNull();
});

it('tells single source with its reason, the transaction to the fen, and that the data are invented', () => {
  const { releases } = ocdsPackage(sourceOf(deeds.length), settings) as { releases: [Record<string, unknown>] };
  expect(releases[0]).toMatchObject({
    ocid: 'ocds-000000-dajun-2025',
    tag: ['planning', 'tender', 'award', 'contract', 'implementation'],
    planning: { rationale: expect.stringContaining('invented') as string, budget: { amount: { amount: 5000 } } },
    tender: { procurementMethod: 'limited', procurementMethodRationale: 'only owner of the right', status: 'complete' },
    contracts: [
      { status: 'terminated', implementation: { transactions: [{ value: { amount: 1234.05, currency: 'CNY' } }] } },
    ],
  });
});
