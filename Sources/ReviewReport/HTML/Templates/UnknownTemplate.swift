/// What could not be known, ranked by how much it would settle.
enum UnknownTemplate {
  static let main = Template(
    ##"""
    <section id="unknown" aria-labelledby="h-unknown"><h2 id="h-unknown">What we could not know</h2>
    <p>{{intro}}</p>
    {{#hasGroups}}
    <div class="scroll"><table><caption>Missing evidence, by the number of permissions that it would settle</caption><thead><tr><th scope="col">Missing evidence</th><th scope="col" class="num">Would settle</th><th scope="col" class="num">Roles</th><th scope="col"><span class="sr">Bar</span></th><th scope="col">What to record or import</th></tr></thead><tbody>
    {{#groups}}
    <tr><th scope="row">{{subject}}<br><span class="note">{{reason}}</span></th><td class="num">{{permissions}}</td><td class="num">{{roles}}</td><td class="ubar"><svg class="bar" aria-hidden="true">{{{picture}}}</svg></td><td>{{remedy}}</td></tr>
    {{/groups}}
    </tbody><tfoot><tr><th scope="row">All</th><td class="num">{{sum}}</td><td></td><td></td><td></td></tr></tfoot></table></div>
    {{/hasGroups}}
    {{#weakAccounts}}
    <p>{{.}}</p>
    {{/weakAccounts}}
    {{#calls}}
    <h3>Calls that the catalogue does not know</h3>
    <p>{{intro}}</p>
    <div class="scroll"><table><thead><tr><th scope="col">Call</th><th scope="col">Of</th><th scope="col" class="num">Events</th><th scope="col" class="num">Roles</th></tr></thead><tbody>
    {{#rows}}
    <tr><th scope="row"><code>{{name}}</code></th><td><code>{{source}}</code></td><td class="num">{{events}}</td><td class="num">{{roles}}</td></tr>
    {{/rows}}
    </tbody></table></div>
    {{/calls}}
    {{#hasFindingList}}
    <h3>Findings about the evidence</h3>
    {{/hasFindingList}}
    \##(FindingTemplate.articles)
    </section>

    """##)
}
