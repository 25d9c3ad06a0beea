/// Grants that are too broad, for those who edit policies.
enum PoliciesTemplate {
  static let main = Template(
    ##"""
    <section id="policies" aria-labelledby="h-policies"><h2 id="h-policies">Policies</h2>
    <p>{{intro}}</p>
    {{#hasGrants}}
    <div class="scroll broad"><table><caption>Grants that are too broad, by risk</caption><thead><tr><th scope="col">Risk</th><th scope="col">Finding</th><th scope="col">What one would change</th><th scope="col">What to do</th></tr></thead><tbody>
    {{#grants}}
    <tr><td><span class="tag {{severity}}">{{severity}}</span></td><th scope="row">{{#title}}\##(Fragment.title){{/title}} <a href="#{{anchor}}">In full</a></th><td>{{subject}}</td><td>{{remedy}}</td></tr>
    {{/grants}}
    </tbody></table></div>
    {{/hasGrants}}
    {{#administrators}}
    <h3>Roles that hold everything</h3>
    <p>{{intro}}</p>
    <ul class="plain">{{#rows}}<li>{{#role}}\##(Fragment.roleLink){{/role}} in {{account}} {{text}}</li>{{/rows}}</ul>
    {{/administrators}}
    {{#serviceLinked}}
    <h3>Service-linked roles</h3>
    <p>{{intro}}</p>
    {{/serviceLinked}}
    {{#hasFindingList}}
    <h3>Findings of no single role</h3>
    {{/hasFindingList}}
    \##(FindingTemplate.articles)
    </section>

    """##)
}
