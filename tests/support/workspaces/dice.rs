//! Decisions from a seed: the same ones each time, on every machine.

/// A linear congruential generator; its upper bits are random enough for tests.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed);
        // The first numbers of seeds that follow each other are alike.
        for _ in 0..4 {
            dice.below(2);
        }
        dice
    }

    /// A number below `count`.
    pub fn below(&mut self, count: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or_default() % count.max(1)
    }

    /// Whether something that happens once in `count` times happens.
    pub fn once_in(&mut self, count: u32) -> bool {
        self.below(count) == 0
    }

    /// One of several.
    pub fn of<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(u32::try_from(values.len()).unwrap()) as usize]
    }

    /// From `least` to `most`.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }
}
