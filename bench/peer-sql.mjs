/** The eleven services as SQL: as a person writes them (`naive`), and with the few sums that all are linear in (`factored`). */
import { types } from './parcels.mjs';

const byType = ['so2Rate', 'noxRate', 'dustRate', 'sequesteredShare', 'coolingHeat', 'landscapeEquivalent'];
const prices = 'water sediment nitrogen phosphorus so2 nox dust carbon oxygen electricity landscape'.split(' ');

/** Numbers of the norm: parameters by code (an array over types, or one number), and the prices in the order of services. */
export function numbersOf(norm) {
  const values = (code) => norm.parameters.find((parameter) => parameter.code === code).values;
  const lists = byType.map((code) => [
    code,
    types.map((type) =>
      values(code)
        .find((one) => one.type === type)
        .value.toNumber(),
    ),
  ]);
  const one = (code) => values(code)[0].value.toNumber();
  const singles = [
    'depositedShare',
    'soilDensity',
    'nitrogenShare',
    'phosphorusShare',
    'coolingDays',
    'coolingEfficiency',
  ];
  return {
    ...Object.fromEntries(lists),
    ...Object.fromEntries(singles.map((code) => [code, one(code)])),
    prices: prices.map((name) => one(`${name}Price`)),
  };
}

const bases = {
  w: 'area * greatest(precipitation - precipitation * runoff - evapotranspiration, DOUBLE 0) * DOUBLE 10',
  s: `area * erosivity * erodibility * slopeFactor
      * (DOUBLE 1 - coverFactor * case when slope > DOUBLE 25 then DOUBLE 1 else practiceFactor end)`,
  h: 'area',
  n: 'area * npp',
};

/** Quantities of the services over the four bases. */
function quantities(n, { w, s, h, n: grown }) {
  const number = (value) => `DOUBLE ${value}`;
  return [
    w,
    `${s} * ${number(n.depositedShare / n.soilDensity)}`,
    `${s} * ${number(n.nitrogenShare)}`,
    `${s} * ${number(n.phosphorusShare)}`,
    `${h} * so2Rate`,
    `${h} * noxRate`,
    `${h} * dustRate`,
    `${grown} * ${number((0.01 * 44) / 12)} * sequesteredShare`,
    `${grown} * ${number((0.01 * 32) / 12)} * sequesteredShare`,
    `${h} * coolingHeat * ${number(n.coolingDays / (3600 * n.coolingEfficiency))}`,
    `${h} * landscapeEquivalent`,
  ];
}

/** A table of the parameters by type, for `coefficient`. */
export function coefficientRows(numbers) {
  const row = (type) => `(${type}, ${byType.map((code) => `DOUBLE ${numbers[code][type]}`).join(', ')})`;
  return `select * from (values ${types.map((_, type) => row(type)).join(', ')}) as given (t, ${byType.join(', ')})`;
}

const dialect = {
  duckdb: (sql) => sql.replace(/DOUBLE ([\d.e-]+)/g, 'CAST($1 AS DOUBLE)'),
  postgres: (sql) => sql.replace(/DOUBLE ([\d.e-]+)/g, "float8 '$1'"),
};

/** `select county, type, q0, v0, … q10, v10` in one statement. */
export function statements(engine, numbers) {
  const written = quantities(
    numbers,
    Object.fromEntries(Object.entries(bases).map(([name, sql]) => [name, `(${sql})`])),
  );
  const pairs = written.map((sql, i) => `sum(${sql}) as q${i}, sum(${sql} * DOUBLE ${numbers.prices[i]}) as v${i}`);
  const sums = Object.entries(bases).map(([name, sql]) => `sum(${sql}) as ${name}`);
  const after = quantities(numbers, { w: 'w', s: 's', h: 'h', n: 'n' });
  const afterPairs = after.map((sql, i) => `${sql} as q${i}, ${sql} * DOUBLE ${numbers.prices[i]} as v${i}`);
  const sql = {
    coefficient: coefficientRows(numbers),
    naive: `select county, type, ${pairs.join(', ')} from parcel join coefficient on t = type group by county, type`,
    bases: `select county, type, ${sums.join(', ')} from parcel group by county, type`,
    fromBases: (from) => `select county, type, ${afterPairs.join(', ')} from ${from} as b join coefficient on t = type`,
  };
  sql.factored = sql.fromBases(`(${sql.bases})`);
  const translate = dialect[engine];
  return {
    coefficient: translate(sql.coefficient),
    naive: translate(sql.naive),
    bases: translate(sql.bases),
    factored: translate(sql.factored),
    fromBases: (from) => translate(sql.fromBases(from)),
  };
}
