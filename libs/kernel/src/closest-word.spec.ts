import { closestWord } from './closest-word';

describe('closestWord', () => {
  const known = ['forestLand', 'dryland', 'grassland', '林地', '建设用地', 'K'];

  it.each([
    ['forestland', 'forestLand'],
    ['frestLand', 'forestLand'],
    ['drylnad', 'dryland'],
    ['grasland', 'grassland'],
    ['建设用', '建设用地'],
    ['k', 'K'],
  ])('%s is taken for %s', (given, meant) => expect(closestWord(given, known)).toBe(meant));

  it.each(['ocean', '', 'x', '湿'])('%p is near nothing', (given) => expect(closestWord(given, known)).toBeUndefined());
});
