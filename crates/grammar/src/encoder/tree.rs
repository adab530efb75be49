//! The best tree: Chu-Liu and Edmonds, with one word below the root.

/// A score that nothing chooses.
const NEVER: f64 = -1e9;
/// What an arc from the root costs where there must be one only: far above all sums of scores, far below [`NEVER`].
const FAR: f64 = 1e6;

/// Scores of a graph: `[dependent][head]`, node 0 is the root.
struct Graph {
    nodes: usize,
    scores: Vec<f64>,
}

impl Graph {
    fn new(nodes: usize) -> Self {
        Self { nodes, scores: vec![NEVER; nodes * nodes] }
    }

    fn at(&self, dependent: usize, head: usize) -> f64 {
        self.scores[dependent * self.nodes + head]
    }

    fn set(&mut self, dependent: usize, head: usize, score: f64) {
        self.scores[dependent * self.nodes + head] = score;
    }

    fn row(&self, dependent: usize) -> &[f64] {
        &self.scores[dependent * self.nodes..(dependent + 1) * self.nodes]
    }
}

/// The head of each of `count` words: 0 for the root, h + 1 for word h. `arcs` holds a row for each word with the scores of
/// these heads.
pub(super) fn best(arcs: &[f32], count: usize) -> Vec<usize> {
    let mut graph = Graph::new(count + 1);
    for (word, row) in arcs.chunks_exact(count + 1).enumerate() {
        for (head, score) in row.iter().enumerate().filter(|(head, _)| *head != word + 1) {
            graph.set(word + 1, head, f64::from(*score));
        }
    }
    let mut heads = arborescence(&graph);
    if (1..=count).filter(|word| heads[*word] == 0).count() > 1 {
        // Each arc from the root costs so much now that the best graph has one of them only.
        (1..=count).for_each(|word| graph.set(word, 0, graph.at(word, 0) - FAR));
        heads = arborescence(&graph);
    }
    heads.split_off(1)
}

/// The best heads without circles; that of node 0 means nothing.
fn arborescence(graph: &Graph) -> Vec<usize> {
    let mut heads: Vec<usize> =
        (0..graph.nodes).map(|node| largest(graph.row(node).iter().copied())).collect();
    heads[0] = 0;
    let Some(circle) = circle(&heads) else { return heads };
    let mut inside = vec![false; graph.nodes];
    for node in &circle {
        inside[*node] = true;
    }
    let rest: Vec<usize> = (0..graph.nodes).filter(|node| !inside[*node]).collect();
    // The circle becomes the last node of a smaller graph.
    let joined = rest.len();
    let mut smaller = Graph::new(joined + 1);
    let base: f64 = circle.iter().map(|node| graph.at(*node, heads[*node])).sum();
    let mut entries = vec![(0, 0); joined];
    for (at, node) in rest.iter().enumerate() {
        for (other, head) in rest.iter().enumerate() {
            smaller.set(at, other, graph.at(*node, *head));
        }
        let below = circle[largest(circle.iter().map(|head| graph.at(*node, *head)))];
        smaller.set(at, joined, graph.at(*node, below));
        let gain = |entry: &usize| graph.at(*entry, *node) - graph.at(*entry, heads[*entry]);
        let entry = circle[largest(circle.iter().map(gain))];
        smaller.set(joined, at, base + gain(&entry));
        entries[at] = (below, entry);
    }
    smaller.set(joined, joined, NEVER);
    (0..=joined).for_each(|head| smaller.set(0, head, NEVER));
    let found = arborescence(&smaller);
    for (at, node) in rest.iter().enumerate().skip(1) {
        heads[*node] = if found[at] == joined { entries[at].0 } else { rest[found[at]] };
    }
    let from = found[joined];
    heads[entries[from].1] = rest[from];
    heads
}

/// Index of the largest; the first of equals.
fn largest(scores: impl Iterator<Item = f64>) -> usize {
    scores.enumerate().fold((0, f64::NEG_INFINITY), |best, (at, x)| if x > best.1 { (at, x) } else { best }).0
}

/// A circle of heads, if there is one.
fn circle(heads: &[usize]) -> Option<Vec<usize>> {
    // When each node was first met; nodes met in this walk and met again close a circle.
    let mut met = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && met[node] == 0 {
            met[node] = start;
            node = heads[node];
        }
        if node != 0 && met[node] == start {
            let mut circle = vec![node];
            let mut next = heads[node];
            while next != node {
                circle.push(next);
                next = heads[next];
            }
            return Some(circle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree by trying all.
    fn by_trying(arcs: &[f32], count: usize) -> f64 {
        let mut best = f64::NEG_INFINITY;
        for mut number in 0..(count + 1).pow(count as u32) {
            let mut heads = vec![0; count];
            for head in &mut heads {
                *head = number % (count + 1);
                number /= count + 1;
            }
            if is_tree(&heads) {
                best = best.max(score(arcs, &heads));
            }
        }
        best
    }

    fn is_tree(heads: &[usize]) -> bool {
        let reaches_root = |word: usize| {
            let mut node = word + 1;
            for _ in 0..=heads.len() {
                if node == 0 {
                    return true;
                }
                node = heads[node - 1];
            }
            false
        };
        heads.iter().filter(|head| **head == 0).count() == 1 && (0..heads.len()).all(reaches_root)
    }

    fn score(arcs: &[f32], heads: &[usize]) -> f64 {
        heads.iter().enumerate().map(|(word, head)| f64::from(arcs[word * (heads.len() + 1) + head])).sum()
    }

    #[test]
    fn no_tree_is_better() {
        let mut state = 7_u32;
        for round in 0..300 {
            let count = 1 + round % 5;
            let arcs: Vec<f32> = (0..count * (count + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 6553.6
                })
                .collect();
            let heads = best(&arcs, count);
            assert!(is_tree(&heads), "{heads:?}");
            let (found, right) = (score(&arcs, &heads), by_trying(&arcs, count));
            assert!((found - right).abs() < 1e-6, "{found} {right}");
        }
    }

    #[test]
    fn nothing_and_one_word_have_trees() {
        assert_eq!(best(&[], 0), Vec::<usize>::new());
        assert_eq!(best(&[1.0, 5.0], 1), [0]);
    }
}
