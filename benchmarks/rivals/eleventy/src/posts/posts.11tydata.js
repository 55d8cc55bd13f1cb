module.exports = { layout: "article.njk", permalink: (data) => `/a/${data.slug}/` };
