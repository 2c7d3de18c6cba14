/** A contract as a release package of the Open Contracting Data Standard 1.1: what was planned, noticed, awarded, signed and paid. */
import { type Fen, formatYuan, isInvented } from '@gep/kernel';
import type { Contract, ContractDeed, ContractMoney, Invoice, Supplement } from '../contract/contract';
import { lastDeed } from '../contract/contract';

/** What a release is made of. */
export interface ReleaseSource {
  readonly contract: Contract;
  readonly companyName: string;
  readonly companyCreditCode: string | null;
  readonly deeds: readonly ContractDeed[];
  readonly money: ContractMoney;
  readonly invoices: readonly Invoice[];
  readonly supplements: readonly Supplement[];
  /** Clocks by code: the last day of each, and the day on which it was met. */
  readonly clocks: readonly { readonly code: string; readonly dueOn: string; readonly metOn: string | null }[];
}

export interface ReleaseSettings {
  /** `ocds-` and six characters. */
  readonly prefix: string;
  /** Address of the platform, under which the package is found. */
  readonly address: string;
  readonly publisher: string;
}

type Json = Readonly<Record<string, unknown>>;

/** Drops members without a value: the standard has them left out, not null. */
const given = (members: Json): Json =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));

/** The standard has amounts as numbers of yuan; the fen become one only here, from their decimal text. */
const value = (fen: Fen | null | undefined): Json | undefined =>
  fen === null || fen === undefined ? undefined : { amount: Number(formatYuan(fen)), currency: 'CNY' };
/** The beginning of a day in Beijing. */
const moment = (day: string): string => `${day}T00:00:00+08:00`;

export function ocdsPackage(source: ReleaseSource, settings: ReleaseSettings): Json {
  const { contract, deeds } = source;
  const { prefix, address, publisher } = settings;
  const last = deeds.at(-1);
  const date = (last?.at ?? contract.preparedAt).toISOString();
  const ocid = `${prefix}-${contract.code}`;
  return {
    uri: `${address}/api/v1/contracts/${contract.code}/ocds`,
    version: '1.1',
    publishedDate: date,
    publisher: { name: publisher },
    releases: [releaseOf(source, ocid, `${contract.code}-${deeds.length + 1}`, date)],
  };
}

function releaseOf(source: ReleaseSource, ocid: string, id: string, date: string): Json {
  const { contract, companyName, companyCreditCode, deeds, money } = source;
  const { terms, code, companyCode, year } = contract;
  const deed = (act: string): ContractDeed | undefined => lastDeed(deeds, act);
  const buyer = { id: `buyer-${terms.unit}`, name: terms.buyer };
  const supplier = { id: `company-${companyCode}`, name: companyName };
  const title = `${terms.unit} ${year} GEP 增量采购 · purchase of increments`;
  const [notice, award, signed] = [deed('notice'), deed('award'), deed('sign')];
  const items = terms.services.map((service) => ({ id: service, description: `${service} (${terms.norm})` }));
  return {
    ...{ ocid, id, date, initiationType: 'tender', language: 'zh' },
    tag: [
      ...(deed('budget') ? ['planning'] : []),
      ...(notice ? ['tender'] : []),
      ...(award ? ['award'] : []),
      ...(signed ? ['contract'] : []),
      ...(deed('pay') ? ['implementation'] : []),
      ...(deeds.length === 0 ? ['planning'] : []),
    ],
    parties: [
      { ...buyer, roles: ['buyer', 'procuringEntity', 'payer'] },
      given({
        ...supplier,
        identifier: given({
          scheme: companyCreditCode === null ? undefined : 'CN-USCC',
          id: companyCreditCode ?? companyCode,
          legalName: companyName,
        }),
        roles: ['supplier', 'payee'],
      }),
    ],
    buyer,
    planning: given({
      rationale: isInvented(terms.unit)
        ? '演示数据，非真实采购 · invented demonstration data, no real purchase'
        : terms.purpose,
      budget: given({ id: deed('budget')?.facts['line'], description: terms.purpose, amount: value(money.budgetFen) }),
    }),
    ...(notice && { tender: tenderOf(source, notice, title, items, buyer) }),
    ...(award && {
      awards: [
        given({
          ...{ id: `${code}-award`, title, status: deed('rescind') ? 'cancelled' : 'active', date: moment(award.on) },
          ...{ value: value(money.amountFen), suppliers: [supplier], items },
        }),
      ],
    }),
    ...(signed && { contracts: [contractOf(source, signed, title, items, [buyer, supplier])] }),
  };
}

function tenderOf(
  { contract: { code, terms }, money, deeds }: ReleaseSource,
  notice: ContractDeed,
  title: string,
  items: readonly Json[],
  procuringEntity: Json,
): Json {
  const until = notice.facts['noticeUntil'];
  return given({
    ...{ id: `${code}-tender`, title, procuringEntity, items, value: value(money.dueFen) },
    status: lastDeed(deeds, 'award') ? 'complete' : 'active',
    procurementMethod: 'limited',
    procurementMethodDetails: '单一来源采购 · single source',
    procurementMethodRationale: terms.singleSourceReason,
    mainProcurementCategory: 'services',
    enquiryPeriod: until && { startDate: moment(notice.on), endDate: moment(until) },
    documents: [
      {
        id: `${code}-notice`,
        documentType: 'tenderNotice',
        title: notice.facts['where'],
        datePublished: moment(notice.on),
      },
    ],
  });
}

function contractOf(
  source: ReleaseSource,
  signed: ContractDeed,
  title: string,
  items: readonly Json[],
  [payer, payee]: readonly Json[],
): Json {
  const { contract, deeds, money, invoices, supplements } = source;
  const { code, year } = contract;
  const deed = (act: string): ContractDeed | undefined => lastDeed(deeds, act);
  const [published, accepted, paid] = [deed('publish'), deed('accept'), deed('pay')];
  return given({
    ...{ id: code, awardID: `${code}-award`, title, items, value: value(money.amountFen) },
    status: deed('rescind') ? 'cancelled' : deed('close') ? 'terminated' : 'active',
    period: { startDate: moment(`${year}-01-01`), endDate: moment(`${year}-12-31`) },
    dateSigned: moment(signed.on),
    documents: [
      { id: `${code}-signed`, documentType: 'contractSigned', title: `sha256:${signed.documentDigest}` },
      ...(published
        ? [
            {
              id: `${code}-published`,
              documentType: 'contractNotice',
              title: published.facts['where'],
              datePublished: moment(published.on),
            },
          ]
        : []),
    ],
    ...(supplements.length > 0 && {
      amendments: supplements.map(({ no, signedOn, reason, amountFen }) => ({
        ...{ id: `${code}-supplement-${no}`, date: moment(signedOn), rationale: reason },
        description: `+ ${formatYuan(amountFen)} CNY`,
      })),
    }),
    milestones: milestonesOf(source),
    implementation: given({
      transactions: paid && [
        given({
          id: invoices.at(-1)?.number ?? `${code}-payment-1`,
          ...{ date: moment(paid.on), value: value(money.amountFen), payer, payee },
        }),
      ],
      documents: accepted && [
        {
          id: `${code}-accepted`,
          documentType: 'completionCertificate',
          title: accepted.facts['where'],
          datePublished: moment(accepted.on),
        },
      ],
    }),
  });
}

function milestonesOf({ contract, deeds, clocks }: ReleaseSource): Json[] {
  const { code, terms } = contract;
  const doneOn = (act: string): string | undefined => lastDeed(deeds, act)?.on;
  const dueOf = (clock: string): string | undefined => clocks.find((one) => one.code === clock)?.dueOn;
  const milestone = (name: string, type: string, title: string, dueOn?: string, metOn?: string): Json =>
    given({
      ...{ id: `${code}-${name}`, title, type, status: metOn === undefined ? 'scheduled' : 'met' },
      dueDate: dueOn && moment(dueOn),
      dateMet: metOn && moment(metOn),
    });
  return [
    milestone('publication', 'approval', '公告 · published', dueOf('contract-publication'), doneOn('publish')),
    milestone('filing', 'approval', '备案 · filed', dueOf('contract-filing'), doneOn('file')),
    milestone('acceptance', 'delivery', '验收 · accepted', undefined, doneOn('accept')),
    milestone('payment', 'payment', '支付 · paid', undefined, doneOn('pay')),
    milestone('reinvestment', 'reporting', '再投入报告 · money used is stated', terms.spendBy, doneOn('close')),
  ];
}
