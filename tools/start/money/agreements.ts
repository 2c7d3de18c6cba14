/** The agreements of the demonstration: the province shares out by the GEP of its counties, a county by that of its asset units. */

const text = (zh: string, en: string) => ({ zh, en });
const common = {
  target: text('调节服务 GEP 不低于上年（虚构）', 'GEP of regulating services does not fall (invented)'),
  monitoring: text('以公布的年度账户为准', 'published accounts of the year'),
  breach: text('按生态保护补偿条例第三十一条', 'by art. 31 of the Eco-compensation Regulation'),
  term: { from: '2023-01-01', to: '2027-12-31' },
  policy: { id: 'gep-share' },
};

interface County {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
}

export const provinceAgreement = 'demo-gep-share';

/** Yuan that the province shares out each year, and what it advances of the second year. */
export const provincePool = 96_000_000n;

export const provinceTerms = (counties: readonly County[]): string =>
  JSON.stringify({
    ...common,
    code: provinceAgreement,
    title: text('演示省生态保护补偿协议（虚构）', 'Demonstration agreement on eco-compensation (invented)'),
    place: '990000',
    scope: text('演示省十县', 'The ten counties of the demonstration'),
    duties: [{ party: '991103', ...text('复垦矿区', 'Restores its mined land') }],
    parties: [
      {
        ...{ code: 'province', role: 'payer', place: '990000', rule: 'fund', book: 'fund:demo-eco' },
        name: text('演示省', 'Demonstration Province'),
      },
      ...counties.map(({ code, nameZh, nameEn }) => ({
        ...{ code, role: 'receiver', place: code, name: text(nameZh, nameEn) },
      })),
    ],
    fund: { code: 'demo-eco', purpose: 'eco-compensation' },
    input: { kind: 'accounts', column: 'gep', norm: 'cn-terrestrial', categories: ['regulating'] },
    totals: { pool: String(provincePool) },
    carryInto: 'pool',
    advances: [{ code: 'spring', day: '06-30', by: 'share', share: '50%' }],
    trueUp: { way: 'next-cycle' },
  });

export const countyAgreement = 'demo-villages';

/** Villages answer for the asset units of the county's land. */
const villages = [
  {
    unit: 'village-shangling',
    nameZh: '上岭村（演示）',
    nameEn: 'Shangling',
    types: ['mixedForest', 'broadleafShrub'],
  },
  { unit: 'village-xiagou', nameZh: '下沟村（演示）', nameEn: 'Xiagou', types: ['bareLand', 'sparseGrassland'] },
  { unit: 'village-pingba', nameZh: '平坝村（演示）', nameEn: 'Pingba', types: ['cropland'] },
];

/** @param pool yuan that the county passes on, as it received them */
export const countyTerms = (county: string, pool: string): string =>
  JSON.stringify({
    ...common,
    code: countyAgreement,
    title: text('丙岭县补偿资金分村协议（虚构）', 'Villages of Bingling share the compensation (invented)'),
    place: county,
    scope: text('三村', 'Three villages'),
    duties: [],
    parties: [
      {
        ...{ code: 'county', role: 'payer', place: county, rule: 'fund', book: 'fund:demo-bingling' },
        name: text('丙岭县', 'Bingling'),
      },
      ...villages.map(({ unit, nameZh, nameEn }) => ({
        ...{
          code: unit,
          role: 'receiver',
          book: `village:${unit.slice(8)}`,
          units: [unit],
          name: text(nameZh, nameEn),
        },
      })),
    ],
    fund: { code: 'demo-bingling', purpose: 'eco-compensation' },
    input: {
      ...{ kind: 'accounts', column: 'gep', norm: 'cn-terrestrial', categories: ['regulating'] },
      assets: villages.map(({ unit, types }) => ({ unit, place: county, types })),
    },
    totals: { pool },
    trueUp: { way: 'next-cycle' },
    passesOn: { agreement: provinceAgreement, clock: 'transfer-special' },
  });
