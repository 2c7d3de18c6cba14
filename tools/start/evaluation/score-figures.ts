/** The invented figures of departments for the scorecard of the demonstration: ten counties, 2021 to 2024. */

/** Years that are scored; two before them are looked back at. */
export const scoredYears = [2023, 2024] as const;
export const deliveredYears = [2021, 2022, ...scoredYears] as const;

/** The county whose planted forest was left out, and what its forest cover was said to be before it objected. */
export const objecting = '991102';
export const coverBefore = 47;
/** The county whose forest cover of 2024 was reported without a survey, as an inspection found. */
export const falsified = '991204';

type Cell = string | number;
type Columns = Readonly<Record<string, (county: number, year: number) => Cell>>;

const waterGrades = ['I', 'II', 'III', 'II', 'IV'];
/** A county has its own level, and each year moves it a little. */
const moved = (county: number, year: number, step: number): number => ((county * 7 + year * 3) % 5) * step;

export const figuresOfDepartments: Readonly<Record<string, Columns>> = {
  agriculture: {
    productIncome: (county, year) => 8_000 + 900 * county + (year - 2021) * 90 * county - moved(county, year, 350),
  },
  reform: {
    registry: (county, year) => (county < 4 + 2 * (year - 2021) ? 'yes' : 'no'),
    pilot: (county) => (county === 2 ? 10 : 0),
    wetYear: (county, year) => (year === 2023 && county === 4 ? 'yes' : 'no'),
  },
  forestry: {
    forestCover: (county, year) => 52 + 3 * county + 0.2 * (year - 2021),
    forestCoverTarget: (county, year) => 52 + 3 * county + (county % 3 === 2 ? 9 : 1) + 0.25 * (year - 2021),
  },
  ecology: {
    waterGrade: (county, year) => waterGrades[(county + year) % waterGrades.length],
    pollutant: (county, year) => 26 + ((county * 3) % 8) - 0.5 * (year - 2021),
    complaints: (county, year) => ((county + year) % 4 === 0 ? 25 : 0),
  },
  water: {
    runoff: (county, year) => 30_000 + 2_000 * county + moved(county, year, 400),
    runoffTarget: (county) => 33_000 + 2_400 * county,
  },
  statistics: { satisfaction: (county, year) => 78 + county + moved(county, year, 1) },
};

/** Rows of a department for a year, in the units of the rule. */
export function tableOf(department: string, year: number, units: readonly string[]) {
  const columns = Object.entries(figuresOfDepartments[department]);
  return {
    header: ['unit', ...columns.map(([code]) => code)],
    rows: units.map((unit, county) => [
      unit,
      ...columns.map(([code, of]) =>
        code === 'forestCover' && unit === objecting && year === 2023 ? coverBefore : of(county, year),
      ),
    ]),
  };
}
