const SIZE = 50; // articles of a list, and of the feed

function* lists(posts, name, home) {
  const address = (number) => (number ? `${home}page/${number + 1}/` : home);
  for (let at = 0, number = 0; at < posts.length; at += SIZE, number++)
    yield {
      name,
      address: address(number),
      posts: posts.slice(at, at + SIZE),
      older: at + SIZE < posts.length ? address(number + 1) : "",
    };
}

function grouped(posts, key) {
  const groups = {};
  for (const post of posts) (groups[key(post)] ??= []).push(post);
  return Object.entries(groups);
}

module.exports = (eleventy) => {
  const newestFirst = (api) => api.getFilteredByGlob("src/posts/*.md").reverse();
  eleventy.addPassthroughCopy("src/style.css");
  eleventy.addFilter("iso", (date) => date.toISOString());
  eleventy.addFilter("day", (date) => date.toISOString().slice(0, 10));
  eleventy.addFilter("mailed", (date) => date.toUTCString());
  eleventy.addCollection("newest", (api) => newestFirst(api).slice(0, SIZE));
  eleventy.addCollection("lists", (api) => {
    const posts = newestFirst(api);
    const topics = grouped(posts, (post) => post.data.category);
    const sources = grouped(posts, (post) => [post.data.tags].flat()[0]);
    return [
      ...lists(posts, "News", "/"),
      ...topics.flatMap(([name, posts]) => [...lists(posts, name, `/categories/${name}/`)]),
      ...sources.flatMap(([name, posts]) => [...lists(posts, name, `/tags/${name}/`)]),
    ];
  });
  return { dir: { input: "src" }, markdownTemplateEngine: false };
};
