/** Companies for a terminal: a list, one with its particulars and rights to sell, and gains that were sold elsewhere. */
import type { Bilingual } from '@gep/kernel';
import type {
  Company,
  CompanyStatus,
  LegalForm,
  RecordedVersion,
  RightBasis,
  SaleRight,
  SoldGain,
} from '@gep/procurement';
import { beijingMoment } from '../../terminal/beijing-time';
import type { Language } from '../../terminal/language';
import { codeOfPath, type PlaceNames, placeSaid } from '../deed/naming';
import { showYuan } from '../figures';
import { type Head, renderList } from '../listed';

const statuses: Readonly<Record<CompanyStatus, Bilingual>> = {
  active: { zh: '正常', en: 'active' },
  suspended: { zh: '暂停', en: 'suspended' },
  dissolved: { zh: '已注销', en: 'dissolved' },
};
const forms: Readonly<Record<LegalForm, Bilingual>> = {
  company: { zh: '公司', en: 'company' },
  cooperative: { zh: '合作社', en: 'cooperative' },
  collective: { zh: '集体经济组织', en: 'collective' },
  'state-owned': { zh: '国有', en: 'state-owned' },
};
const bases: Readonly<Record<RightBasis, Bilingual>> = {
  ownership: { zh: '自有', en: 'ownership' },
  entrustment: { zh: '委托', en: 'entrustment' },
  operation: { zh: '承包经营', en: 'operation' },
  lease: { zh: '租赁', en: 'lease' },
  shares: { zh: '入股', en: 'shares' },
};
const place: Head = { zh: '地域', en: 'Territory', most: 28 };
const id: Head = { zh: '编号', en: 'Id' };

export function renderCompanies(found: readonly Company[], places: PlaceNames, language: Language): string {
  const heads: Head[] = [
    { zh: '代码', en: 'Code', most: 30 },
    place,
    { zh: '名称', en: 'Name', most: 40 },
    ...[{ zh: '状态', en: 'Status' }, id],
  ];
  const rows = found.map(({ id: company, code, territoryPath, versions }) => {
    const last = versions.at(-1);
    return [
      ...[code, placeSaid(codeOfPath(territoryPath), places, language), last ? nameOf(last, language) : ''],
      ...[last ? statuses[last.status][language] : '', company],
    ];
  });
  return renderList(language, heads, rows, {
    zh: '没有公司（登记：gep company record）',
    en: 'there is no company (one is recorded by gep company record)',
  });
}

const nameOf = ({ nameZh, nameEn }: RecordedVersion, language: Language): string =>
  ({ zh: nameZh, en: nameEn })[language];

export function renderCompany(
  company: Company & { readonly rights: readonly SaleRight[] },
  places: PlaceNames,
  language: Language,
): string {
  const { id: own, code, territoryPath, versions, rights } = company;
  const heads: Head[] = [
    { zh: '自', en: 'From' },
    { zh: '名称', en: 'Name', most: 36 },
    { zh: '形式', en: 'Form' },
    { zh: '状态', en: 'Status' },
    { zh: '收款户名、开户行、账号', en: 'Paid to', most: 40 },
    { zh: '理由', en: 'Reason', most: 30 },
    { zh: '登记（北京时间）', en: 'Recorded (Beijing time)', most: 26 },
  ];
  const rows = versions.map((one) => [
    ...[one.validFrom, nameOf(one, language), forms[one.legalForm][language], statuses[one.status][language]],
    ...[`${one.payeeName} ${one.bank} ${one.accountNo}`, one.reason],
    `${one.recordedByName} ${beijingMoment(one.recordedAt)}`,
  ]);
  const none: Bilingual = { zh: '没有登记信息', en: 'no particulars' };
  return [
    `${code}  ${placeSaid(codeOfPath(territoryPath), places, language)}  ${own}`,
    renderList(language, heads, rows, none),
    renderRights(rights, places, language),
  ].join('\n\n');
}

function renderRights(rights: readonly SaleRight[], places: PlaceNames, language: Language): string {
  const heads: Head[] = [
    ...[
      { zh: '出售权所在', en: 'May sell in', most: 28 },
      { zh: '地块', en: 'Parcel' },
    ],
    ...[
      { zh: '依据', en: 'Basis' },
      { zh: '自', en: 'From' },
      { zh: '至', en: 'Until before' },
    ],
    ...[{ zh: '理由', en: 'Reason', most: 40 }, id],
  ];
  const whole = { zh: '全域', en: 'all of it' }[language];
  const rows = rights.map((right) => [
    ...[placeSaid(right.territory, places, language), right.parcel ?? whole, bases[right.basis][language]],
    ...[right.validFrom, right.validTo ?? '', right.reason, right.id],
  ]);
  return renderList(language, heads, rows, {
    zh: '没有出售权（登记：gep company grant-right）',
    en: 'it may sell nothing yet (a right is granted by gep company grant-right)',
  });
}

export function renderGains(gains: readonly SoldGain[], places: PlaceNames, language: Language): string {
  const heads: Head[] = [
    place,
    ...[
      { zh: '地块', en: 'Parcel' },
      { zh: '服务', en: 'Service', most: 30 },
      { zh: '年度', en: 'Year' },
    ],
    { zh: '金额（元）', en: 'Amount (yuan)', numeric: 'point' },
    { zh: '售予', en: 'Sold to', most: 36 },
    { zh: '凭证', en: 'Credit', most: 36 },
  ];
  const rows = gains.map(({ territory, parcel, service, year, amountFen, soldTo, credit }) => [
    ...[placeSaid(territory, places, language), parcel ?? '', service, year, showYuan(amountFen), soldTo, credit],
  ]);
  return renderList(language, heads, rows, {
    zh: '没有在别处出售的增益（登记：gep company gain）',
    en: 'no gain was sold elsewhere (one is recorded by gep company gain)',
  });
}
